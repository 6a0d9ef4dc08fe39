import type { Session } from '../core/session.js';
import type { DraftKind } from './drafts.js';
import { nameOf } from './kept.js';

/** What tabs tell each other about what they are writing. There is no text in it. */
interface Word {
  v: 1;
  /** Id of the page. */
  from: number;
  /** This page is writing, or is not any more. */
  writes: boolean;
  /** The others are to say whether they are. */
  asks?: boolean;
}

const ME = Math.random();
/** How often a page says that it is still writing; who has said nothing for so long has crashed. */
const BEAT_MS = 60_000;
const GONE_MS = 2.5 * BEAT_MS;

/**
 * Whether the same user writes the same in another tab: asked and answered over a channel while this tab writes. The
 * channel is closed on the way into the back/forward cache, and opened again on the way out.
 */
export class Elsewhere {
  /** Another tab writes, too. */
  is = false;
  readonly #session: Session;
  readonly #kind: DraftKind;
  readonly #onChange: () => void;
  readonly #others = new Map<number, number>();
  #name: string | null = null;
  #channel: BroadcastChannel | undefined;
  #beat: ReturnType<typeof setInterval> | undefined;
  #page: AbortController | undefined;

  constructor(session: Session, kind: DraftKind, onChange: () => void) {
    this.#session = session;
    this.#kind = kind;
    this.#onChange = onChange;
  }

  /** This tab writes, or does not any more. Where tabs share nothing, they are told nothing. */
  writes(does: boolean): void {
    const { address } = this.#session.desk.backend;
    const name = does && address ? nameOf(this.#session, `writing ${this.#kind}`) : null;
    if (name === this.#name) return;
    this.#close();
    this.#page?.abort();
    this.#name = name;
    if (name === null || !('BroadcastChannel' in globalThis)) return;
    this.#page = new AbortController();
    addEventListener('pagehide', () => this.#close(), this.#page);
    addEventListener('pageshow', () => this.#channel ?? this.#open(name), this.#page);
    this.#open(name);
  }

  #open(name: string): void {
    this.#channel = new BroadcastChannel(name);
    this.#channel.onmessage = ({ data }) => this.#hear(data as Word);
    this.#say({ writes: true, asks: true });
    this.#beat = setInterval(() => {
      this.#say({ writes: true });
      this.#look();
    }, BEAT_MS);
  }

  #close(): void {
    this.#say({ writes: false });
    clearInterval(this.#beat);
    this.#channel?.close();
    this.#channel = undefined;
    this.#others.clear();
    this.#look();
  }

  #say(word: Pick<Word, 'writes' | 'asks'>): void {
    this.#channel?.postMessage({ v: 1, from: ME, ...word } satisfies Word);
  }

  #hear(word: Word): void {
    // Two elements of one page are no two tabs.
    if (word?.v !== 1 || typeof word.from !== 'number' || word.from === ME) return;
    if (word.writes) this.#others.set(word.from, Date.now());
    else this.#others.delete(word.from);
    if (word.asks) this.#say({ writes: true });
    this.#look();
  }

  #look(): void {
    for (const [other, heard] of this.#others) if (Date.now() - heard > GONE_MS) this.#others.delete(other);
    const is = this.#others.size > 0;
    if (is === this.is) return;
    this.is = is;
    this.#onChange();
  }
}
