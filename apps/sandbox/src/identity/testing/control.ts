import type { Sandbox } from '../../start-sandbox.js';

/** Asks the control endpoint and gives back what it says. */
export async function askControl(
  { controlUrl }: Sandbox,
  method: string,
  path: string,
  body?: object,
): Promise<{ status: number; json: Record<string, unknown> }> {
  const response = await fetch(controlUrl + path, { method, ...(body && { body: JSON.stringify(body) }) });
  return { status: response.status, json: (await response.json()) as Record<string, unknown> };
}
