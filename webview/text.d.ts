/** A file as text: scripts/pages.mjs sees to it. */
declare module '*?text' {
  const text: string;
  export default text;
}
