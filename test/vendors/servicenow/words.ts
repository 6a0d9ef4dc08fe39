import { HttpResponse } from 'msw';

/** Columns of each table; a reference names the table that it is to. */
export const REFERENCES: Record<string, string> = {
  assigned_to: 'sys_user',
  requested_by: 'sys_user',
  u_asked_by: 'sys_user',
  contact: 'sys_user',
  account: 'customer_account',
  product: 'cmdb_model',
  source_record: 'sn_customerservice_case',
  u_case: 'sn_customerservice_case',
};
export const LENGTHS: Record<string, string> = {
  correlation_id: '100',
  short_description: '160',
  justification: '4000',
};
export const BASE = ['sys_id', 'sys_created_on', 'sys_created_by', 'sys_updated_on', 'sys_mod_count'];
export const JOURNAL = ['comments', 'work_notes'];

export const denied = (status: number, message: string, detail: string) =>
  HttpResponse.json({ error: { message, detail }, status: 'failure' }, { status });
export const notFound = () =>
  denied(404, 'No Record found', "Record doesn't exist or ACL restricts the record retrieval");
