// Opening and copying the resources that the handbook links to.

import * as vscode from 'vscode';
import { addressOf, type Resource } from '../core/curriculum.ts';
import { arxivAddresses, httpsOnly, markdownLink } from '../core/resourceLinks.ts';
import type { Problems } from './problems.ts';
import { readSettings } from './settings.ts';
import type { ArxivForm } from './settings.ts';

/** Opens a resource in the browser; of a paper on arXiv, the form that the learner wants. */
export async function openResource(resource: Resource, problems: Problems, form?: ArxivForm): Promise<void> {
  const arxiv = arxivAddresses(addressOf(resource));
  if (!arxiv) {
    await openLink(addressOf(resource), problems);
    return;
  }
  const wanted = readSettings().arxiv;
  const chosen = form ?? (wanted === 'ask' ? await askForm(resource) : wanted);
  if (chosen) await openLink(arxiv[chosen], problems);
}

/** Opens an address of the web, and nothing else, in the browser. */
export async function openLink(url: string, problems: Problems): Promise<void> {
  const address = httpsOnly(url);
  if (address === undefined) {
    problems.log.warn('A link that isn’t https was not opened.');
    void vscode.window.showWarningMessage(vscode.l10n.t('This link was not opened: only https addresses are.'));
    return;
  }
  await vscode.env.openExternal(vscode.Uri.parse(address, true));
}

/** Puts links to resources on the clipboard. */
export async function copyLinks(resources: readonly Resource[], form: 'link' | 'markdown'): Promise<void> {
  await copy(resources.map(form === 'link' ? addressOf : markdownLink).join('\n'));
}

/** Puts text on the clipboard and says so in passing. */
export async function copy(text: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(vscode.l10n.t('$(check) Copied'), 2000);
}

async function askForm(resource: Resource): Promise<ArxivForm | undefined> {
  const forms: (vscode.QuickPickItem & { readonly form: ArxivForm })[] = [
    { form: 'abstract', label: vscode.l10n.t('$(note) Abstract'), detail: vscode.l10n.t('The page on arXiv') },
    { form: 'pdf', label: vscode.l10n.t('$(file-pdf) PDF'), detail: vscode.l10n.t('As it is printed') },
    {
      form: 'html',
      label: vscode.l10n.t('$(browser) HTML'),
      detail: vscode.l10n.t('Reads well on a small screen; not every paper has it'),
    },
  ];
  const chosen = await vscode.window.showQuickPick(forms, {
    title: resource.title,
    placeHolder: vscode.l10n.t('Open as… (the setting “Handbook › Links: Arxiv” decides it for good)'),
  });
  return chosen?.form;
}
