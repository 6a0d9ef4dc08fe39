/**
 * What a careful hand would write to share a case between elements: one load and one subscription per case, a look now and
 * then, none while hidden. Left out against ours: other tabs, sign-in and its loss, faults of the network beyond "unknown",
 * answers that are out of date, checks of what a server says, judging in the page.
 */
export const desk = { backend: undefined, clock: undefined, sessions: new Map() };

class Session {
  constructor(caseId) {
    this.caseId = caseId;
    this.state = null;
    this.problem = null;
    this.listeners = new Set();
    this.events = new Set();
  }

  follow(listener) {
    this.listeners.add(listener);
    if (this.listeners.size === 1) this.start();
    return () => {
      this.listeners.delete(listener);
      queueMicrotask(() => this.listeners.size === 0 && this.stop());
    };
  }

  start() {
    if (this.onVisible) return;
    this.onVisible = () => document.visibilityState === 'visible' && this.refresh();
    document.addEventListener('visibilitychange', this.onVisible);
    void this.refresh();
  }

  stop() {
    document.removeEventListener('visibilitychange', this.onVisible);
    this.onVisible = undefined;
    clearTimeout(this.timer);
    this.stream?.abort();
    this.stream = undefined;
    desk.sessions.delete(this.caseId);
  }

  async refresh() {
    clearTimeout(this.timer);
    try {
      const answer = await desk.backend.load(this.caseId, { etag: this.etag });
      if (answer !== 'not-modified') {
        this.state = answer.value;
        this.etag = answer.etag;
        this.offset = Date.parse(answer.value.serverTime) - desk.clock().getTime();
      }
      this.problem = null;
    } catch (error) {
      this.problem = error;
    }
    if (this.listeners.size === 0) return;
    this.timer = setTimeout(() => this.refresh(), (this.state?.guarantees.pollSeconds ?? 60) * 1000);
    if (this.state?.guarantees.live && !this.stream) this.watch();
    this.tell();
  }

  watch() {
    this.stream = new AbortController();
    const { signal } = this.stream;
    void desk.backend.watch(this.caseId, undefined, { signal }, (event) => {
      for (const listener of this.events) listener(event);
      if (event.kind === 'escalation') this.refresh();
    });
  }

  tell() {
    for (const listener of this.listeners) listener(this);
  }

  now() {
    return new Date(desk.clock().getTime() + this.offset);
  }
}

export function sessionOf(caseId) {
  const known = desk.sessions.get(caseId);
  if (known) return known;
  const session = new Session(caseId);
  desk.sessions.set(caseId, session);
  return session;
}
