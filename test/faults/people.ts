import type { Clock } from './clock.js';
import type { Tab } from './tab.js';

/** What people do, as far as they can see; each waits a while before the next thing. */

export interface Person {
  tab: Tab;
  clock: Clock;
  random: () => number;
  /** Texts that were typed, by this person in this tab. */
  texts: string[];
  /** How often something was pressed that sends. */
  presses: { count: number };
  /** Presses twice, as some do. */
  twice: boolean;
  /** When the page is reloaded after the first press, in milliseconds; null: it is not. */
  reload: number | null;
  /** The browser keeps nothing of the tab then. */
  forgets: boolean;
}

const STEPS = 60;
const between = (random: () => number, from: number, to: number) => from + random() * (to - from);

function press(person: Person, button: HTMLElement): void {
  const { presses, twice, clock, tab } = person;
  presses.count++;
  button.click();
  if (twice) clock.set(person, () => button.isConnected && button.click(), 50);
  if (person.reload === null) return;
  clock.set(person, () => tab.reload(person.forgets), person.reload);
  person.reload = null;
}

/** Requests an escalation, and goes on until there is one. @returns whether this person has seen that there is one */
export async function requests(person: Person, text: string): Promise<boolean> {
  const { tab, clock, random } = person;
  for (let step = 0; step < STEPS; step++) {
    await clock.sleep(between(random, 1_000, step < 3 ? 4_000 : 40_000));
    const dialog = tab.find<HTMLDialogElement>('dialog');
    if (!dialog?.open) {
      if (tab.find('[part~="note-open"]')) return true;
      (tab.find('[part~="trigger"]') ?? tab.find('[part~="note-retry"]'))?.click();
      continue;
    }
    if (tab.find('[part~="confirmation"]')) return true;
    if (tab.find('[part~="existing"]')) return addText(person);
    const again = tab.button(/^(Try again|Check again)$/);
    if (again) {
      press(person, again);
      continue;
    }
    const submit = tab.button(/^Request escalation$/);
    const field = tab.find<HTMLTextAreaElement>('textarea');
    if (!submit || !field) continue;
    if (!person.texts.includes(text)) {
      person.texts.push(text);
      tab.find<HTMLInputElement>('input[type="radio"][value="other"]')?.click();
      tab.type(field, text);
    } else press(person, submit);
  }
  return false;
}

/** Somebody was faster: some add what they have typed to that escalation. */
async function addText(person: Person): Promise<boolean> {
  const { tab, clock, random } = person;
  if (random() < 0.5) return true;
  for (let step = 0; step < STEPS; step++) {
    const add = tab.button(/^Add to that escalation$/);
    if (!add) return true;
    press(person, add);
    await clock.sleep(between(random, 30_000, 90_000));
  }
  return true;
}

/** Writes messages one after the other, and goes on until none of them is "not sent". @returns whether none is */
export async function writes(person: Person, texts: readonly string[]): Promise<boolean> {
  const { tab, clock, random } = person;
  const left = [...texts];
  for (let step = 0; step < STEPS; step++) {
    await clock.sleep(between(random, 1_000, step < 6 ? 4_000 : 40_000));
    const field = tab.find<HTMLTextAreaElement>('#message');
    const send = tab.button(/^Send$/);
    if (!field || !send) {
      tab.button(/^Try again$/)?.click();
      continue;
    }
    const [next] = left;
    // What was typed before a reload is there again: nobody writes over it.
    if (next && field.value) {
      press(person, send);
      continue;
    }
    if (next) {
      left.shift();
      person.texts.push(next);
      tab.type(field, next);
      await clock.sleep(500);
      const now = tab.button(/^Send$/);
      if (now) press(person, now);
      continue;
    }
    const again = tab.button(/^Retry$/);
    // Some only come back to the tab: then the page goes on by itself.
    if (again && random() < 0.5) press(person, again);
    else if (again) tab.focus();
    else if (field.value) press(person, send);
    else if (!tab.find('[part~="entry-sending"]')) return true;
  }
  return false;
}
