import { expect } from '@open-wc/testing';
import { expectNone, find, findText, heard, nameOf, parts, until } from './find.js';
import { accept } from './gallery-review.js';
import { ACTIONS, reviewing } from './reviewing.js';
import { people, policies } from './scene.js';

describe('messages', () => {
  const POST = /^POST .*entries/;

  it('go on the case too, as the policy says, unless the owner says otherwise (G37)', async () => {
    const { desk, review, type, press } = await reviewing([accept]);
    const box = () => review.shadowRoot!.querySelector<HTMLInputElement>('[part~="also-on-case"] input')!;
    expect(nameOf(box())).to.equal('Also on the case');
    expect(box().checked).to.equal(true);
    await expect(review).to.be.accessible();
    await type('Message to Priya Nair', 'We have a fix.');
    press('Send');
    await until(() => desk.sent(POST).length === 1, 'not sent');
    box().click();
    await type('Message to Priya Nair', 'Between us.');
    press('Send');
    await until(() => desk.sent(POST).length === 2, 'not sent');
    expect(desk.sent(POST).map(({ body }) => (body as { alsoOnCase: boolean }).alsoOnCase)).to.eql([
      true,
      false,
    ]);
    await until(() => box().checked, 'the next one as the policy says');
    await findText(review, 'On the case');
  });

  it('of owner-only escalations never do, and are not moved there (P9)', async () => {
    const policy = {
      ...policies.genesys,
      reasons: policies.genesys.reasons.map((row) => ({ ...row, visibility: 'owner-only' as const })),
    };
    const { desk, review, type, press } = await reviewing([accept], { policy }, (made) =>
      made.post('Hello.', people.customer),
    );
    await findText(review, 'Hello.');
    expect(parts(review, 'also-on-case')).to.be.empty;
    expectNone(review, 'button', 'Move to the Case Feed');
    await type('Message to Priya Nair', 'Between us.');
    press('Send');
    await until(() => desk.sent(POST).length, 'not sent');
    expect(desk.sent(POST)[0]?.body).to.include({ alsoOnCase: false });
  });

  it('one by one to the Case Feed, unless the page does it (G41)', async () => {
    const { desk, review, press } = await reviewing([accept], {}, (made) =>
      made.post('at com.acme.Export', people.customer),
    );
    const asked = heard(review, 'escalation-move-to-case');
    // What is in sight is told as read meanwhile.
    const moves = () =>
      desk.sent(ACTIONS).map(({ body }) => body).filter((body) => (body as { kind: string }).kind !== 'read'); // prettier-ignore
    await find(review, 'button', 'Move to the Case Feed');
    review.addEventListener('escalation-move-to-case', (event) => event.preventDefault(), { once: true });
    press('Move to the Case Feed');
    expect(moves()).to.be.empty;
    press('Move to the Case Feed');
    await findText(review, 'The message is in the Case Feed now.');
    await findText(review, 'On the case');
    expectNone(review, 'button', 'Move to the Case Feed');
    const entry = (await desk.entries()).find(({ text }) => text === 'at com.acme.Export');
    const [escalation] = await desk.escalations();
    expect(asked).to.eql(Array(2).fill({ escalationId: escalation?.id, entryId: entry?.id }));
    expect(moves()).to.eql([{ kind: 'move-to-case-feed', entryId: entry?.id }]);
  });
});
