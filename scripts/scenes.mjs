// What there is to see of the elements: where in the demo, and what a customer does to get there.

const button = (page) => page.locator('escalate-case').getByRole('button', { name: /^Escalate/ });
const dialog = (page) => page.getByRole('dialog');
const show = (page) => page.locator('escalate-case').evaluate((element) => element.show());

async function open(page) {
  if (await button(page).isVisible()) await button(page).click();
  else await show(page);
  // What is clicked sooner than by a person is taken for a click that was meant for the page.
  const opened = await page.evaluate(() => performance.now());
  await page.waitForFunction((since) => performance.now() > since + 300, opened);
  // What comes after the form has been painted is there, too.
  await dialog(page).locator('[part~="criterion"], [part~="channel"]').first().waitFor({ state: 'attached' });
}

/** Through the questions that come before a form, where there are any. */
async function openForm(page) {
  await open(page);
  const form = dialog(page).getByRole('combobox');
  for (let n = 0; !(await form.isVisible()) && n < 5; n++) {
    const unanswered = dialog(page).getByRole('radio', { name: 'No', checked: false });
    if (await unanswered.count()) await unanswered.first().check();
  }
  await form.waitFor();
}

async function fill(page, reason, text) {
  await openForm(page);
  await dialog(page).getByRole('combobox').selectOption({ label: reason });
  await dialog(page).getByText('What will happen').waitFor();
  await dialog(page)
    .getByRole('textbox', { name: /^(Additional information|Comments)/ })
    .fill(text);
}

const impact = (page) => dialog(page).getByRole('group', { name: /significant business impact/ });
const TEXT = 'Our auditors come on Monday and need complete logs of the last quarter.';
const filled = (page) => fill(page, 'Faster Progress', TEXT);
const submit = (page) => dialog(page).getByRole('button', { name: 'Request escalation' }).click();
const fault = (page, name) => page.goto(`${page.url()}&fault=${name}`);

/** Another user of the same company or the support organisation writes to the help desk, past the page. */
const portal = (page, user, path, body) =>
  page.evaluate(
    async ({ user, path, body }) => {
      const answer = await fetch(`api/${path}`, {
        method: 'POST',
        headers: {
          'X-Demo-User': user,
          'Content-Type': 'application/json',
          'Idempotency-Key': `"${crypto.randomUUID()}"`,
        },
        body: JSON.stringify(body),
      });
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
      document.querySelector('escalate-case').refresh();
    },
    { user, path, body },
  );

const feed = (page) => page.locator('escalation-feed');
const picture = { name: 'export-stops.png', mimeType: 'image/png', buffer: Buffer.alloc(241_300) };
const log = { name: 'nightly-export-2.log', mimeType: '', buffer: Buffer.alloc(18_400) };
const archive = { name: 'diagnostics.zip', mimeType: 'application/zip', buffer: Buffer.alloc(777_777) };
const program = { name: 'setup.exe', mimeType: 'application/x-msdownload', buffer: Buffer.alloc(9_000) };

const attach = (element, files) => element.locator('input[type="file"]').setInputFiles(files);

/** The archive stays half way. */
const holdUpload = (page) =>
  page.evaluate(() => {
    const { send } = XMLHttpRequest.prototype;
    XMLHttpRequest.prototype.send = function (body) {
      if (body?.size !== 777_777) return send.call(this, body);
      const told = { lengthComputable: true, loaded: 480_000, total: 777_777 };
      return this.upload.dispatchEvent(new ProgressEvent('progress', told));
    };
  });

const requestOf = (policyVersion = '1') => ({
  reasonId: 'faster-progress',
  details: 'We wait for a fix.',
  confirmed: [],
  policyVersion,
});

export const scenes = {
  cases: { page: 'index.html', act: (page) => page.getByRole('table').waitFor() },
  'button-available': { page: 'case.html?case=00481516' },
  form: {
    page: 'case.html?case=00481498',
    act: async (page) => {
      await fill(page, 'Project Blocker', 'We go live in ten days.');
      await dialog(page)
        .locator('[part="dialog-body"]')
        .evaluate((body) => body.scrollTo(0, 0));
    },
  },
  'form-filled': { page: 'case.html?case=00481516', act: filled },
  'form-contact': {
    page: 'case.html?case=00481516',
    act: async (page) => {
      await fill(page, 'Support Engineer Now', 'Please call before noon: I can reproduce it live.');
      await dialog(page).getByRole('radio', { name: 'Telephone' }).check();
    },
  },
  'form-compare': {
    page: 'case.html?case=00481516',
    act: async (page) => {
      await open(page);
      await dialog(page).getByText('Compare the reasons').click();
    },
  },
  'form-faults': {
    page: 'case.html?case=00481419',
    act: async (page) => {
      await openForm(page);
      await dialog(page).getByRole('button', { name: 'Submit' }).click();
    },
  },
  'form-questions': {
    page: 'case.html?case=00481419',
    act: async (page) => {
      await fill(page, 'Lack of Updates/Progress', 'No answer for more than a day.');
      await impact(page).getByRole('radio', { name: 'Yes' }).check();
    },
  },
  'form-impact-no': {
    page: 'case.html?case=00481419',
    act: async (page) => {
      await fill(page, 'Lack of Updates/Progress', 'No answer for more than a day.');
      await impact(page).getByRole('radio', { name: 'No' }).check();
    },
  },
  'form-other-door': {
    page: 'case.html?case=00481498',
    act: async (page) => {
      await openForm(page);
      await dialog(page).getByRole('combobox').selectOption({ label: 'Urgency/Impact has changed' });
    },
  },
  long: { page: 'case.html?case=00481248#escalation-feed', act: seesFeed },
  'long-search': {
    page: 'case.html?case=00481248#escalation-feed',
    act: async (page) => {
      await seesFeed(page);
      await feed(page).getByRole('button', { name: 'Search' }).click();
      await feed(page).locator('[part~="search"] input').fill('engineering');
      await feed(page).locator('[part~="hit"]').first().waitFor();
    },
  },
  'long-day': {
    page: 'case.html?case=00481248#escalation-feed',
    act: async (page) => {
      await seesFeed(page);
      await feed(page).getByRole('button', { name: 'Search' }).click();
      await feed(page).locator('[part~="search"] input').fill('supervisors');
      await feed(page).locator('[part~="hit"]').nth(5).click();
      await feed(page).locator('[part~="entry-found"]').waitFor();
    },
  },
  'long-save': {
    page: 'case.html?case=00481248#escalation-feed',
    act: async (page) => {
      await seesFeed(page);
      await feed(page).getByRole('button', { name: 'Save or print' }).click();
      await feed(page).locator('[part~="tool-save"]').scrollIntoViewIfNeeded();
    },
  },
  'files-form': {
    page: 'case.html?case=00481516',
    act: async (page) => {
      await filled(page);
      await holdUpload(page);
      await attach(dialog(page), [picture, log, archive, program]);
      await dialog(page).locator('[part~="file-failed"]').waitFor();
      await dialog(page).locator('[part~="file-progress"]').waitFor();
      await dialog(page).locator('[part="attaching"]').scrollIntoViewIfNeeded();
    },
  },
  'files-composer': {
    page: 'case.html?case=00481377#escalation-feed',
    act: async (page) => {
      await seesFeed(page);
      await holdUpload(page);
      await feed(page).getByRole('textbox').fill('The log of last night, and what we see.');
      await attach(feed(page), [picture, archive]);
      await feed(page).locator('[part~="file-progress"]').waitFor();
      await feed(page).getByRole('button', { name: 'Send' }).click();
      await feed(page).getByRole('button', { name: 'Do not send yet' }).scrollIntoViewIfNeeded();
    },
  },
  'files-entry': {
    page: 'case.html?case=00481377#escalation-feed',
    act: async (page) => {
      await seesFeed(page);
      await feed(page).getByRole('textbox').fill('The log of last night, and what we see.');
      await attach(feed(page), [picture, log]);
      await feed(page).getByRole('button', { name: 'Send' }).click();
      const sent = feed(page).getByRole('button', { name: /^Download nightly-export-2/ });
      await sent.waitFor();
      await feed(page).locator('[part~="entry-sending"]').waitFor({ state: 'detached' });
      await sent.scrollIntoViewIfNeeded();
    },
  },
  sent: {
    page: 'case.html?case=00481516',
    act: async (page) => {
      await filled(page);
      await submit(page);
      await dialog(page).getByText('Escalation requested.').waitFor();
    },
  },
  existing: {
    page: 'case.html?case=00481516',
    act: async (page) => {
      await filled(page);
      await portal(page, 'u-jonas', 'cases/00481516/escalations', requestOf());
      await dialog(page).getByText('A case has one at a time').last().waitFor();
    },
  },
  'not-sent': {
    page: 'case.html?case=00481516',
    act: async (page) => {
      await filled(page);
      await page.evaluate(() => {
        const { fetch } = globalThis;
        globalThis.fetch = (input, init) =>
          init?.method === 'POST' ? Promise.reject(new TypeError('offline')) : fetch(input, init);
      });
      await submit(page);
      await dialog(page).getByRole('alert').waitFor({ timeout: 60_000 });
    },
  },
  'blocked-clock': { page: 'case.html?case=00481502', act: open },
  'blocked-low': { page: 'case.html?case=00481466', act: open },
  'blocked-waiting': {
    page: 'case.html?case=00481408',
    act: open,
  },
  'blocked-rca': { page: 'case.html?case=00481355', act: open },
  'blocked-engage': { page: 'case.html?case=00481511', act: open },
  'blocked-closed': { page: 'case.html?case=00480904', act: open },
  critical: { page: 'case.html?case=00481471', act: open },
  mail: {
    page: 'case.html?case=00481440',
    act: async (page) => {
      await open(page);
      await dialog(page)
        .getByLabel(/^Brief problem/)
        .fill('Queue report shows no data');
      await dialog(page)
        .getByLabel(/^Detailed/)
        .fill('The report is empty for all queues since Monday.');
      await dialog(page)
        .getByLabel(/^Business impact/)
        .fill('We cannot plan the shifts of 120 agents.');
    },
  },
  'mail-preview': {
    page: 'case.html?case=00481440',
    act: async (page) => {
      await scenes.mail.act(page);
      await dialog(page).getByRole('link', { name: 'Open in mail app' }).scrollIntoViewIfNeeded();
    },
  },
  'not-offered': { page: 'case.html?case=00481290' },
  unknown: {
    page: 'case.html?case=00481516',
    act: async (page) => {
      await fault(page, 'offline');
      await page.getByText('We could not check').waitFor();
    },
  },
  'signed-out': {
    page: 'case.html?case=00481516',
    act: async (page) => {
      await fault(page, '401');
      await page.getByText('Sign in to escalate').waitFor();
    },
  },
  refused: { page: 'case.html?case=00481533' },
  'open-note': { page: 'case.html?case=00481377' },
  feed: { page: 'case.html?case=00481377#escalation-feed', act: seesFeed },
  'feed-empty': { page: 'case.html?case=00481516#escalation-feed' },
  'feed-off': { page: 'case.html?case=00481440#escalation-feed' },
  lab: {
    page: 'case.html?case=00481502',
    act: async (page) => {
      await page.getByRole('button', { name: 'Try it' }).click();
    },
  },
  questions: { page: 'case.html?case=00481498', act: open },
  'questions-wrong': {
    page: 'case.html?case=00481498',
    act: async (page) => {
      await open(page);
      await dialog(page).getByRole('radio', { name: 'Yes' }).first().check();
      await dialog(page).getByRole('button', { name: 'Call Product Support' }).click();
    },
  },
  article: {
    page: 'case.html?case=00481516',
    act: async (page) => {
      await open(page);
      await dialog(page)
        .getByText(/^About this process/)
        .click();
      await dialog(page)
        .getByRole('group', { name: /helpful/ })
        .getByLabel('No')
        .check();
      await dialog(page).getByRole('button', { name: 'Send feedback' }).scrollIntoViewIfNeeded();
    },
  },
  partner: { page: 'case.html?case=00481395&as=u-kim', act: openForm },
  declined: { page: 'case.html?case=00481325#escalation-feed', act: sees('declined') },
  'declined-again': {
    page: 'case.html?case=00481325#escalation-feed',
    act: async (page) => {
      await page.getByRole('button', { name: 'Correct and send again' }).click();
      await dialog(page).getByRole('combobox').waitFor();
    },
  },
  resolved: { page: 'case.html?case=00481262#escalation-feed', act: sees('resolved') },
  rating: {
    page: 'case.html?case=00481262#escalation-feed',
    act: (page) => page.getByRole('button', { name: 'Rate this escalation' }).click(),
  },
  overdue: { page: 'case.html?case=00481433#escalation-feed', act: sees('overdue') },
  asked: {
    page: 'case.html?case=00481433#escalation-feed',
    act: (page) => page.getByRole('button', { name: 'Ask for the update' }).click(),
  },
  colleague: {
    page: 'case.html?case=00481483#escalation-feed',
    act: (page) => page.getByRole('button', { name: 'Follow this escalation' }).click(),
  },
  queue: { page: 'owner.html', act: (page) => page.getByText('Call recordings missing').first().waitFor() },
  review: { page: 'owner.html', act: review },
  'review-accept': {
    page: 'owner.html',
    act: async (page) => {
      await review(page);
      await page.getByRole('button', { name: 'Accept', exact: true }).click();
      await page.getByRole('group', { name: 'Importance' }).getByLabel('High').check();
      await page.getByRole('group', { name: 'Urgency' }).getByLabel('Medium').check();
    },
  },
  'review-decline': {
    page: 'owner.html',
    act: async (page) => {
      await review(page);
      await page.getByRole('button', { name: 'Decline', exact: true }).click();
    },
  },
  beside: {
    page: 'case.html?case=00481433&owner#escalation-feed',
    act: async (page) => {
      await sees('overdue')(page);
      if (page.viewportSize().width >= 1200)
        await page.frameLocator('iframe').getByRole('list').first().waitFor();
    },
  },
  policy: {
    page: 'case.html?case=00481502',
    act: async (page) => {
      await page.getByRole('button', { name: 'Try it' }).click();
      await page
        .getByRole('button', { name: /policy/i })
        .first()
        .click();
      await page.getByText('"schemaVersion"').first().waitFor();
    },
  },
};

/** Opens the request of the queue that nobody has taken yet. */
async function review(page) {
  await page.getByRole('listitem').filter({ hasText: 'Nobody yet' }).getByRole('button').click();
  await page.getByRole('button', { name: 'Take', exact: true }).waitFor();
}

function sees(state) {
  return (page) => page.locator(`escalation-feed:state(${state})`).waitFor();
}

async function seesFeed(page) {
  await page.locator('escalation-feed:state(accepted)').waitFor();
}

/** In the README. */
export const readmePictures = [
  { file: 'case-page.png', scene: 'feed', width: 1280, height: 860, colorScheme: 'light' },
  { file: 'dialog.png', scene: 'form', width: 1280, height: 860, colorScheme: 'light' },
  { file: 'blocked-mobile-dark.png', scene: 'blocked-clock', width: 390, height: 780, colorScheme: 'dark' },
  { file: 'email.png', scene: 'mail-preview', width: 1280, height: 860, colorScheme: 'light' },
  { file: 'lab.png', scene: 'lab', width: 1440, height: 860, colorScheme: 'light' },
  { file: 'review.png', scene: 'review-accept', width: 1280, height: 1100, colorScheme: 'light' },
  { file: 'beside.png', scene: 'beside', width: 1600, height: 900, colorScheme: 'light' },
  { file: 'policy.png', scene: 'policy', width: 1440, height: 900, colorScheme: 'light' },
];
