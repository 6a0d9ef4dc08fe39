import { html, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { clockOffset, now } from '../desk/clock.js';
import { dayTime } from '../format.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const WEEK = 7 * 24 * HOUR;

/** The clock of the help desk and of the page: a week around now. */
export interface ClockPart {
  render(): TemplateResult;
}

/** How far from real time, in the two largest units: “+1 d 3 h”. */
function away(offset: number): string {
  const minutes = Math.round(Math.abs(offset) / MINUTE);
  const units: [number, string][] = [
    [Math.floor(minutes / 1440), 'd'],
    [Math.floor(minutes / 60) % 24, 'h'],
    [minutes % 60, 'min'],
  ];
  const said = units.filter(([count]) => count).slice(0, 2);
  if (!said.length) return 'Real time';
  return `${offset < 0 ? '−' : '+'}${said.map(([count, unit]) => `${count} ${unit}`).join(' ')}`;
}

/**
 * @param move asks all tabs to follow
 * @param draw draws the lab again
 */
export function clockPart(move: (offset: number) => Promise<void>, draw: () => void): ClockPart {
  /** Where the thumb is held; the tabs follow when it is let go. */
  let held: number | null = null;
  let playing: ReturnType<typeof setInterval> | undefined;

  const to = async (offset: number) => {
    await move(Math.min(Math.max(offset, -WEEK), WEEK));
    held = null;
    draw();
  };
  const minutesOf = ({ target }: Event) => Number((target as HTMLInputElement).value) * MINUTE;
  const hold = (event: Event) => {
    held = minutesOf(event);
    draw();
  };

  function play(): void {
    if (playing) clearInterval(playing);
    // A minute each second, one second of which passes by itself.
    playing = playing
      ? undefined
      : setInterval(() => (clockOffset() < WEEK ? void to(clockOffset() + 59_000) : play()), 1000);
    draw();
  }

  const step = (label: string, offset: () => number) =>
    html`<button type="button" class="button" @click=${() => void to(offset())}>${label}</button>`;

  return {
    render() {
      const offset = held ?? clockOffset();
      const shown = dayTime(now() - clockOffset() + offset);
      return html`<section class="lab-part">
        <div class="lab-line">
          <label class="lab-label" for="clock">Clock</label>
          <span><b>${shown}</b> <span class="muted">${away(offset)}</span></span>
        </div>
        <input
          type="range"
          id="clock"
          min=${-WEEK / MINUTE}
          max=${WEEK / MINUTE}
          step="30"
          aria-valuetext="${shown}, ${away(offset)}"
          .value=${live(String(Math.round(offset / MINUTE / 30) * 30))}
          @input=${hold}
          @change=${(event: Event) => void to(minutesOf(event))}
        />
        <div class="lab-buttons">
          ${step('+1 h', () => clockOffset() + HOUR)} ${step('+24 h', () => clockOffset() + 24 * HOUR)}
          ${step('Now', () => 0)}
          <button type="button" class="button" aria-pressed=${playing ? 'true' : 'false'} @click=${play}>
            <span aria-hidden="true">▶</span> ×60<span class="hidden"> as fast</span>
          </button>
        </div>
      </section>`;
    },
  };
}
