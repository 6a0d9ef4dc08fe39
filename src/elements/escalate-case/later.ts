import { enLater } from '../../locales/en-later.js';

/** What comes once somebody reads or types on: the dialog opens without it, and loads it at once. */
export * from './actions.js';
export { renderCriteria } from './criteria.js';
export * from './form-extras.js';
export { quiet } from '../quiet.js';
export { notices } from '../notices.styles.js';
export { laterStyles } from './later.styles.js';
export * from './outcome.js';
export const words = enLater;
