import type { LitElement } from 'lit';
import type { SessionHost } from '../session-controller.js';

/** An element that shows an escalation and its conversation; `escalationId`: a past one, else the open or the last. */
export type TalkHost = LitElement & SessionHost & { escalationId: string };
