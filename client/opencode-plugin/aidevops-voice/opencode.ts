/** What is used of OpenCode 1.18's plugin API; types alone, so that nothing has to be installed beside the plugin. */

/** `_client` is private: whoever reads it must be ready for its absence. */
export interface ServerInput {
  client: { _client?: { getConfig?: () => ClientConfig } };
  directory: string;
}

export interface ClientConfig {
  baseUrl?: string;
  headers?: Headers | Record<string, string>;
  fetch?: (request: Request) => Promise<Response>;
}

export interface Hooks {
  "shell.env": (input: unknown, output: { env: Record<string, string> }) => Promise<void>;
  dispose: () => Promise<void>;
}

export interface Editor {
  readonly plainText: string;
  setText(text: string): void;
}

export interface KeyContext {
  event?: { name?: string };
  consume(): void;
}

export interface Command {
  name: string;
  title: string;
  desc: string;
  category: string;
  namespace: "palette";
  slashName: string;
  run(): void;
}

export interface Toast {
  variant: "info" | "success" | "warning" | "error";
  title: string;
  message: string;
  duration?: number;
}

export interface Choice {
  title: string;
  value: string;
  description: string;
}

/** One line that is drawn; setting `content` draws it anew. */
export interface Line {
  content: string;
  readonly isDestroyed: boolean;
}

export interface Slots {
  register(plugin: { order: number; slots: Record<string, () => unknown> }): unknown;
}

export interface TuiApi {
  route: { readonly current: { name: string; params?: { sessionID?: unknown } } };
  state: { path: { directory: string } };
  slots?: Slots;
  theme: { current: { textMuted: unknown } };
  renderer: { readonly currentFocusedEditor?: Editor | null };
  keymap: {
    registerLayer(layer: { commands: Command[] }): () => void;
    intercept(name: "key", on: (context: KeyContext) => void): () => void;
  };
  ui: {
    toast(toast: Toast): void;
    dialog: { replace(render: () => unknown): void; clear(): void };
    DialogSelect(props: { title: string; options: Choice[]; onSelect(choice: Choice): void }): unknown;
  };
  lifecycle: { onDispose(end: () => void): () => void };
}
