export {
  parsePolicy,
  PolicyError,
  policySchema,
  type Channel,
  type Condition,
  type ContactBlock,
  type Criterion,
  type Field,
  type Policy,
  type PolicyDocument,
  type Reason,
  type Remedy,
  type Text,
} from './core/policy.js';
export { lintPolicy } from './core/lint-policy.js';
export type { Finding } from './core/lint-finding.js';
