/** A refusal as the contract has it (RFC 9457). */
export const problem = (status: number, code: string, title: string, more: object = {}): Response =>
  Response.json(
    { type: 'about:blank', title, status, code, ...more },
    { status, headers: { 'Content-Type': 'application/problem+json' } },
  );
