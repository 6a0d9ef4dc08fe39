export function packStrings(expression: string): Promise<string>;
