/** What is used of cliui, which brings no types. */
declare module 'cliui' {
  interface Column {
    text: string;
    width?: number;
    /** Top, right, bottom, left. */
    padding?: readonly [number, number, number, number];
  }
  export default function cliui(options: { width?: number; wrap?: boolean }): {
    div(...columns: Column[]): void;
    toString(): string;
  };
}
