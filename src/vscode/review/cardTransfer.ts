import type * as vscode from 'vscode';
import type { Problems } from '../problems.ts';
import type { Study } from '../study.ts';
import type { Deck } from './deck.ts';
export async function exportReviewLog(_d: Deck, _t?: vscode.Uri): Promise<boolean> {
  return Promise.resolve(false);
}
export async function exportCards(_d: Deck, _s: Study, _t?: vscode.Uri): Promise<boolean> {
  return Promise.resolve(false);
}
export async function importCards(_d: Deck, _p: Problems, _s?: vscode.Uri): Promise<boolean> {
  return Promise.resolve(false);
}
