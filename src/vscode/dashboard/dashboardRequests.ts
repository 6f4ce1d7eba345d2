// What the dashboard's buttons and links lead to: each is a command that is there without it.

import * as vscode from 'vscode';
import type { DashboardAct } from './dashboardPanel.ts';

/** Does what the page asked for. */
export const doForDashboard: DashboardAct = async (message) => {
  switch (message.type) {
    case 'review':
      await vscode.commands.executeCommand('handbook.review');
      return;
    case 'continue':
      await vscode.commands.executeCommand('handbook.continue');
      return;
    case 'planGoal':
      await vscode.commands.executeCommand('handbook.plan');
      return;
    case 'quiz':
      await vscode.commands.executeCommand('handbook.quizMe', message.chapterId);
      return;
    case 'openChapter':
      await vscode.commands.executeCommand('handbook.openChapter', message.chapterId);
      return;
    case 'openPassage':
      await vscode.commands.executeCommand('handbook.openPassage', message.passageId);
      return;
  }
};
