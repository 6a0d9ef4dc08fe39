import { makeHelpDesk } from './help-desk.js';

/**
 * What is done to a subject and measured in its page: the same code for all of them, since they have the same tags'
 * attributes, the same parts and the same method `show()`.
 */
export async function makeProbe({ button, feed, configure }) {
  const desk = await makeHelpDesk();
  configure(desk);
  const stage = document.querySelector('main');

  /** After the next frame has been painted. */
  const painted = () =>
    new Promise((resolve) =>
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.now());
        port2.postMessage(null);
      }),
    );
  const until = async (look) => {
    const end = performance.now() + 20_000;
    for (let found = look(); ; found = look()) {
      if (found) return found;
      if (performance.now() > end) throw new Error(`Never came: ${look}`);
      // Not every frame: looking is work, too.
      await new Promise((resolve) => setTimeout(resolve, 4));
    }
  };
  const untilFrame = async (look) => {
    while (!look()) await new Promise((resolve) => requestAnimationFrame(resolve));
  };
  const make = (tag, caseId) => {
    const element = document.createElement(tag);
    element.setAttribute('case-id', caseId);
    return element;
  };
  const part = (host, name) => host.shadowRoot.querySelector(`[part~="${name}"]`);
  let round = 0;

  const probe = {
    desk,
    painted,
    until,
    part,

    /** Mounts buttons of as many cases. @returns ms until all are painted */
    async mount(count) {
      round++;
      const all = document.createDocumentFragment();
      for (let i = 0; i < count; i++) all.append(make(button, `c-${round}-${i}`));
      const start = performance.now();
      stage.append(all);
      // They come in the order in which they were put there.
      await until(() => part(stage.lastElementChild, 'trigger'));
      return (await painted()) - start;
    },
    unmount: () => stage.replaceChildren(),

    /** @returns ms until the form is painted */
    async open() {
      const host = stage.firstElementChild;
      const start = performance.now();
      void host.show();
      await until(() => part(host, 'dialog')?.open && part(host, 'textarea'));
      return (await painted()) - start;
    },
    async close() {
      stage.firstElementChild.close();
      await until(() => !part(stage.firstElementChild, 'dialog')?.open);
      await painted();
    },
    /** Until nothing is added or taken away any more. */
    async settled() {
      let last = -1;
      let frames = 0;
      await until(() => (frames = last === (last = probe.nodes()) ? frames + 1 : 0) > 10);
    },
    /** Elements and texts in the shadow roots of the stage; white space is how a template is written, not what is drawn. */
    nodes() {
      let count = 0;
      for (const host of stage.children) {
        const walker = document.createTreeWalker(
          host.shadowRoot,
          NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT,
        );
        // White space and comments are how a template is written, not what is drawn.
        while (walker.nextNode())
          if (walker.currentNode.nodeType === 1 || walker.currentNode.nodeValue.trim()) count++;
      }
      return count;
    },
    type(text) {
      const field = part(stage.firstElementChild, 'textarea');
      field.focus();
      field.value = text;
      field.setSelectionRange(text.length / 2, text.length / 2);
      field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    },
    /** ms from each key that comes to the frame that shows it. */
    keys: [],
    listen() {
      window.addEventListener(
        'keydown',
        () => {
          const start = performance.now();
          void painted().then((end) => probe.keys.push(end - start));
        },
        { capture: true },
      );
    },

    /** Makes a conversation of so many entries, and older ones. */
    prepare: (count, more = 0) => desk.talk(count, more),

    /** Puts a feed there. @returns ms until the newest of its entries is painted, at the end of the list */
    async load() {
      const { count } = desk;
      round++;
      const host = make(feed, `open-${round}`);
      const start = performance.now();
      stage.append(host);
      await until(() => isShown(rowOf(host, count)));
      const ms = (await painted()) - start;
      await until(() => desk.watchers.size);
      return ms;
    },
    /** The owner says something. @returns ms until it is painted */
    async append(n) {
      const host = stage.firstElementChild;
      const start = performance.now();
      desk.say(n);
      await until(() => isShown(rowOf(host, n)));
      return (await painted()) - start;
    },
    /** Asks for older ones, at the beginning of the list. @returns px that the row being read has moved in the first frame */
    async prepend() {
      const host = stage.firstElementChild;
      const list = part(host, 'conversation');
      list.scrollTop = 0;
      await until(() => part(host, 'entry')?.ariaPosInSet === '1');
      await painted();
      const row = part(host, 'entry').querySelector('article');
      const before = row.getBoundingClientRect().top;
      const places = [];
      part(host, 'older').click();
      await untilFrame(() => {
        // Whether this frame is the first with the others: then where the row is that somebody reads.
        const has =
          part(host, 'entries').querySelector('li').ariaPosInSet !== '1' ||
          row.closest('li').ariaPosInSet !== '1';
        if (has) places.push(row.isConnected ? row.getBoundingClientRect().top : Infinity);
        return places.length === 3;
      });
      return places.map((place) => place - before);
    },
    button,
    feed,
    make,
    stage,
  };

  const rowOf = (host, n) => host.shadowRoot.querySelector(`[part="entries"] [aria-posinset="${n}"]`);
  /** Within what is seen of the conversation. */
  const isShown = (row) => {
    const list = row?.closest('[part="conversation"]').getBoundingClientRect();
    const box = row?.getBoundingClientRect();
    return Boolean(box && box.height > 0 && box.bottom <= list.bottom + 40 && box.bottom > list.top);
  };
  window.probe = probe;
}
