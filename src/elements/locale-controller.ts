import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { onLocale, say, wordsOf, type Values, type Words } from '../locales/registry.js';

type Host = ReactiveControllerHost & HTMLElement;

/** Speaks for an element: in the language of the nearest `lang`, with the page's and the policy's own labels first. */
export class LocaleController implements ReactiveController {
  readonly #host: Host;
  /** What is said where no locale has it; a part that comes later adds its own. */
  english: Words;
  readonly #labels: () => readonly (Words | undefined)[];
  #stop: (() => void) | undefined;

  /**
   * @param english the pieces of English that the element speaks
   * @param labels words that come before those of the locale, best first; asked at each use
   */
  constructor(host: Host, english: Words, labels: () => readonly (Words | undefined)[]) {
    this.#host = host;
    this.english = english;
    this.#labels = labels;
    host.addController(this);
  }

  /** BCP 47 tag of the nearest `lang`, else the page's, else the browser's. */
  get language(): string {
    const near = this.#host.closest<HTMLElement>('[lang]')?.lang;
    return near || document.documentElement.lang || navigator.language;
  }

  /** Says a message. */
  say(id: string, values?: Values): string {
    const labels = this.#labels().filter((words) => words !== undefined);
    return say([...labels, wordsOf(this.language), this.english], id, values);
  }

  hostConnected(): void {
    this.#stop = onLocale(() => this.#host.requestUpdate());
  }

  hostDisconnected(): void {
    this.#stop?.();
  }
}
