/** What is used of the library that OpenCode draws with and hands to its plugins. */
declare module "@opentui/core" {
  export const TextRenderable: new (
    renderer: unknown,
    options: { content: string; fg: unknown },
  ) => { content: string; readonly isDestroyed: boolean };
}
