import * as vscode from 'vscode';
import type { Study } from '../study.ts';

/** Offers the MCP server to whatever in VS Code uses such servers; it is started by them and only when they need it. */
export function registerMcp(extension: vscode.Extension<unknown>, study: Study): vscode.Disposable {
  const { version } = extension.packageJSON as { readonly version: string };
  return vscode.lm.registerMcpServerDefinitionProvider('handbook.mcp', {
    provideMcpServerDefinitions: () => [
      new vscode.McpStdioServerDefinition(
        vscode.l10n.t('GenAI Handbook'),
        process.execPath,
        [vscode.Uri.joinPath(extension.extensionUri, 'dist', 'mcp.mjs').fsPath, study.storePath],
        // On the desktop the executable is Electron, which is then to behave as Node.
        { ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: null },
        version,
      ),
    ],
  });
}
