/** As much of it as is used here: Node has it, and its types come with those of browsers alone. */
declare const WebAssembly: {
  readonly Module: new (code: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
};

/** What a module exports beside its functions. */
export interface WithMemory {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
}

/** Of its memory, in bytes. */
export const PAGE = 65_536;

/** What an assembled module exports, which is given in base64. */
export function exportsOf<Exports extends WithMemory>(assembled: string): Exports {
  const compiled = new WebAssembly.Module(Buffer.from(assembled, 'base64'));
  return new WebAssembly.Instance(compiled).exports as Exports;
}
