import { expect, html } from '@open-wc/testing';
import type { EscalateCase } from 'escalation-elements';
import { byRole, find, focused, parts, textOf, until, write } from './find.js';
import { scene, type Scene, type SceneOptions } from './scene.js';

export const TYPED = 'Nobody has answered for two weeks.';

export const draw = (desk: Scene) =>
  desk.draw<EscalateCase>(html`<escalate-case case-id="c-1"></escalate-case>`);

type Field = HTMLTextAreaElement;
/** The field for the details, as each policy calls it. */
export const details = (element: Element): Field =>
  byRole<Field>(element, 'textbox', /^(Comments|Additional information|Details)/);

/** Opens the form of a case that is drawn, with all its parts there. */
export async function open(element: EscalateCase): Promise<void> {
  (await find(element, 'button', /^Escalate/)).click();
  await find(element, 'button', /^(Submit|Request escalation)$/);
  await until(() => parts(element, 'criteria').length || parts(element, 'help').length, 'only half there');
}

/** Draws a case and opens its form; somebody types, and has selected a few words. */
export async function typing(options: SceneOptions = {}, desk = scene(options)) {
  const element = await draw(desk);
  await open(element);
  const field = details(element);
  write(field, TYPED);
  await element.updateComplete;
  field.setSelectionRange(7, 10, 'backward');

  return {
    desk,
    element,
    field,
    /** Nothing has happened to what somebody types: the field, its text, the selection, the focus. */
    untouched() {
      expect(field.isConnected && field.checkVisibility(), 'the field is gone').to.equal(true);
      expect(details(element) === field, 'it is another field').to.equal(true);
      expect(field.value).to.equal(TYPED);
      const { selectionStart, selectionEnd, selectionDirection } = field;
      expect([selectionStart, selectionEnd, selectionDirection]).to.eql([7, 10, 'backward']);
      expect(focused(element) === field, 'the focus has moved').to.equal(true);
    },
    /** What the status of the dialog says. */
    said: () => textOf(byRole(byRole(element, 'dialog'), 'status')),
  };
}
