// The handbook's tools for any program that speaks the Model Context Protocol, over whatever transport it is given.

import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { callHandbookTool, ToolInputError, type ToolStudy } from '../core/tools/handbookTools.ts';
import { handbookToolNames } from '../core/tools/toolNames.ts';

/** How a tool presents itself to a model. */
export interface ToolDescription {
  readonly name: string;
  readonly displayName: string;
  readonly modelDescription: string;
  readonly inputSchema: { readonly type: 'object'; readonly [key: string]: unknown };
}

export interface ServerParts {
  readonly version: string;
  readonly tools: readonly ToolDescription[];
  /** The study as it is at this moment: progress changes while the server runs. */
  readonly study: () => ToolStudy;
  readonly report: (problem: unknown) => void;
}

/* The SDK's other server wants its inputs described by code; ours are described by the manifest. */
/* eslint-disable @typescript-eslint/no-deprecated */

/** A server that isn't connected yet. What goes wrong in a call is told to the model as the call's result. */
export function handbookServer({ version, tools, study, report }: ServerParts): Server {
  const server = new Server({ name: 'handbook', version }, { capabilities: { tools: {} } });
  server.setRequestHandler(ListToolsRequestSchema, () => ({
    tools: tools.map(({ name, displayName, modelDescription, inputSchema }) => ({
      name,
      title: displayName,
      description: modelDescription,
      inputSchema,
      annotations: { readOnlyHint: true, openWorldHint: false },
    })),
  }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }) => {
    const name = handbookToolNames.find((known) => known === params.name);
    if (!name) return refusal(`There is no tool "${params.name}". There are: ${handbookToolNames.join(', ')}.`);
    try {
      const { text } = await callHandbookTool(name, params.arguments, study());
      return { content: [{ type: 'text', text }] };
    } catch (error) {
      if (error instanceof ToolInputError) return refusal(error.message);
      report(error);
      return refusal('The handbook could not be read. Reinstalling the companion may help.');
    }
  });
  return server;
}

function refusal(text: string): { content: { type: 'text'; text: string }[]; isError: true } {
  return { content: [{ type: 'text', text }], isError: true };
}
