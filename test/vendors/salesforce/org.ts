import { salesforce, type SalesforceOptions } from '../../../src/adapters/salesforce.js';
import type { User } from '../../../src/core/model.js';
import { policy, reasonLabel, request } from '../../desk.js';
import { staffAndCustomers } from './people.js';
import type { Row } from './schema.js';
import { start, type Salesforce } from './server.js';

/** An org as its administrators have set it up, and the adapter that is told so. */

export const caseFields = {
  product: 'Product_Name__c',
  deployment: 'Deployment__c',
  program: 'Program__c',
  plan: 'Plan__c',
  rcaRequestedAt: 'Rca_Requested__c',
};

export const adapterFor = (org: Salesforce, options: Partial<SalesforceOptions> = {}) =>
  salesforce({
    baseUrl: org.origin,
    headers: ({ user }) => new Headers(user && { Authorization: `Bearer ${user.id}` }),
    caseFields,
    ...options,
  });

/** One case of Acme that can be escalated, and one of somebody else. */
export function orgWith(values: Row = {}) {
  const org = start();
  org.tables['Account']!.push({ Id: 'acme', Name: 'Acme Ltd' }, { Id: 'globex', Name: 'Globex' });
  const { customer, engineer } = staffAndCustomers;
  const caseRow = (AccountId: string) =>
    org.insert(
      'Case',
      {
        CaseNumber: '00481516', Subject: 'Nightly export stops at 2 GB', Status: 'Working', Priority: 'Medium',
        IsClosed: false, AccountId, OwnerId: engineer.id, Product_Name__c: 'Genesys Cloud CX', Deployment__c: 'cloud',
        Plan__c: 'Platinum', ...values,
      }, // prettier-ignore
      customer.id,
    );
  const [ours, theirs] = [caseRow('acme'), caseRow('globex')];
  const CreatedDate = '2026-05-11T12:00:00.000+0000';
  const early = { ParentId: ours['Id']!, CommentBody: 'Logs received.', IsPublished: true, CreatedDate };
  org.insert('CaseComment', early, engineer.id);
  return { org, caseId: ours['Id'] as string, theirs: theirs['Id'] as string };
}

export const scene = { ...staffAndCustomers, request, reasonLabel };
export const callOf = (user: User) => ({ user, policy });
