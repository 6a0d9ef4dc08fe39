import { enCountdown } from '../../locales/en-countdown.js';
import { enCounter } from '../../locales/en-counter.js';
import { enElsewhere } from '../../locales/en-elsewhere.js';
import { enEvidence } from '../../locales/en-evidence.js';
import { enLater } from '../../locales/en-later.js';
import { enWays } from '../../locales/en-ways.js';
import { criteriaStyles } from '../criteria/criteria.styles.js';
import { notices } from '../notices.styles.js';
import { laterStyles } from './later.styles.js';
import { waysStyles } from './ways.styles.js';

/** What comes once somebody reads or types on: the dialog opens without it, and loads it at once. */
export * from './actions.js';
export { channelTitle, renderChannel, renderContactBlock } from './channel.js';
export { renderBlockers, renderCriteria, renderReply } from './criteria.js';
export { renderDoors } from './doors.js';
export * from './drafts.js';
export * from './extras.js';
export { renderCounter } from '../counter.js';
export * from './form-extras.js';
export { renderHelp } from '../help.js';
export { renderArticle } from './article.js';
export * from './news.js';
export { quiet } from '../quiet.js';
export * from './outcome.js';
export * from './remedies.js';
export const styles = [notices, criteriaStyles, laterStyles, waysStyles];
export const words = { ...enCountdown, ...enCounter, ...enElsewhere, ...enEvidence, ...enLater, ...enWays };
