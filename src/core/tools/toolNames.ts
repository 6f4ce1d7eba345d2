// Apart from the tools themselves, so that they can be registered without loading what they need.

export const handbookToolNames = ['handbook_search', 'handbook_read_chapter', 'handbook_progress'] as const;
export type HandbookToolName = (typeof handbookToolNames)[number];
