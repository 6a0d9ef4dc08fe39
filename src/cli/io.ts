/** What a command line lends to a command, so that tests can lend another. */
export interface Io {
  /** @returns the text of a file; `-` is the standard input */
  read(path: string): Promise<string>;
  out(text: string): void;
  err(text: string): void;
  now(): Date;
  version: string;
  /** Whether the output is a terminal that shows colours. */
  color: boolean;
}

/** What a command ends with, as shells read it: all right, faults found, wrong usage or nothing to read. */
export const EXIT = { ok: 0, faults: 1, usage: 2 } as const;

/** A command cannot go on; the message is for who typed it. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly code: number;

  constructor(message: string, code: number = EXIT.usage) {
    super(message);
    this.code = code;
  }
}

/**
 * Reads a file as text.
 * @throws CommandError that names the file and why it cannot be read
 */
export async function readText(io: Io, path: string): Promise<string> {
  try {
    // The mark with which some editors begin a file is no part of its JSON.
    return (await io.read(path)).replace(/^\uFEFF/, '');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const why = code === 'ENOENT' ? 'there is no such file' : (code ?? String(error));
    throw new CommandError(`${path} cannot be read: ${why}.`);
  }
}

/** Colours by ANSI escapes, where they are shown. */
export const paint = (io: Pick<Io, 'color'>, color: 31 | 32 | 33 | 1 | 2, words: string): string =>
  io.color ? `\u001b[${color}m${words}\u001b[0m` : words;
