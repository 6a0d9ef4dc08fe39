/** The objects of the org, and a refusal in Salesforce's words. */

export type Value = string | boolean | null;
export type Row = Record<string, Value>;

export const SYSTEM = ['Id', 'CreatedDate', 'CreatedById', 'LastModifiedDate'];
/** Fields of the objects, and what references lead to. */
export const FIELDS: Record<string, string[]> = {
  User: ['Id', 'Name', 'UserType'],
  Account: ['Id', 'Name'],
  Case: [
    ...SYSTEM, 'CaseNumber', 'Subject', 'Status', 'Priority', 'IsClosed', 'AccountId', 'OwnerId', 'Product_Name__c',
    'Deployment__c', 'Program__c', 'Plan__c', 'Rca_Requested__c',
  ],
  CaseComment: [...SYSTEM, 'ParentId', 'CommentBody', 'IsPublished'],
  Escalation__c: [
    ...SYSTEM, 'Name', 'Case__c', 'Status__c', 'Idempotency_Key__c', 'Open_Key__c', 'Reason__c', 'Description__c',
    'Request__c', 'Review__c', 'Taken_By__c',
  ],
  Escalation_Entry__c: [
    ...SYSTEM, 'Name', 'Escalation__c', 'Kind__c', 'Text__c', 'Internal_Text__c', 'Status__c', 'About__c',
    'Client_Id__c',
  ],
}; // prettier-ignore
export const RELATIONS: Record<string, [field: string, object: string]> = {
  CreatedBy: ['CreatedById', 'User'],
  Owner: ['OwnerId', 'User'],
  Account: ['AccountId', 'Account'],
  Case__r: ['Case__c', 'Case'],
  Taken_By__r: ['Taken_By__c', 'User'],
};
export const CHILDREN: Record<string, [object: string, field: string]> = {
  CaseComments: ['CaseComment', 'ParentId'],
  Entries__r: ['Escalation_Entry__c', 'Escalation__c'],
};
export const PREFIX: Record<string, string> = {
  Case: '500',
  CaseComment: '00a',
  Escalation__c: 'a0X',
  Escalation_Entry__c: 'a0Y',
};
export const UNIQUE = ['Idempotency_Key__c', 'Open_Key__c', 'Client_Id__c'];
export const OPEN = ['Requested', 'Under Review', 'Accepted'];
export const LENGTHS: Record<string, number> = { Reason__c: 255, Idempotency_Key__c: 255, CommentBody: 4000 };

export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly errorCode: string,
    message: string,
    readonly fields?: string[],
  ) {
    super(message);
  }
  get body() {
    const { errorCode, message, fields } = this;
    return [{ message, errorCode, ...(fields && { fields }) }];
  }
}
