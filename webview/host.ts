// The page's end of the wire to the extension.

export interface Host<Received, Posted, State> {
  readonly post: (message: Posted) => void;
  /** Calls `receive` with every message of the extension, one after the other. */
  readonly listen: (receive: (message: Received) => void) => void;
  /** The message that came with the page, if one did. */
  readonly first: () => Received | undefined;
  readonly state: () => State | undefined;
  readonly keep: (state: State) => void;
}

/** Connects to the extension. Once a page: VS Code hands out its API a single time. */
export function connect<Received, Posted, State>(): Host<Received, Posted, State> {
  const api = acquireVsCodeApi<State>();
  return {
    post: (message) => {
      api.postMessage(message);
    },
    listen: (receive) => {
      window.addEventListener('message', (event: MessageEvent<Received>) => {
        receive(event.data);
      });
    },
    first: () => {
      const text = document.getElementById('first')?.textContent;
      return text ? (JSON.parse(text) as Received) : undefined;
    },
    state: () => api.getState(),
    keep: (state) => {
      api.setState(state);
    },
  };
}
