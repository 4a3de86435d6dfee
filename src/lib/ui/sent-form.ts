/** What a form of the page had when it was refused without scripts: its fields show it again. */
import { page } from '$app/state';
import type { Refusal } from './form-refusal';

export interface SentForm {
	readonly refusal: Refusal;
	/** The field's text; undefined where the form had no such field. */
	text(name: string): string | undefined;
	/** Every text of that name. */
	texts(name: string): readonly string[];
}

/**
 * null unless the page answers a refusal of this very form.
 * @param action such as `?/edit`
 * @param values those that the form sends unseen, which tell it from others of the same action
 */
export function sentForm(
	action: string,
	values: Readonly<Record<string, string>> = {}
): SentForm | null {
	const answer = page.form as {
		refusal?: Refusal;
		sent?: { action: string; fields: Record<string, readonly string[]> };
	} | null;
	if (!answer?.refusal || answer.sent?.action !== action) return null;
	const { fields } = answer.sent;
	if (Object.entries(values).some(([name, value]) => fields[name]?.[0] !== value)) return null;
	const { refusal } = answer;
	return { refusal, text: (name) => fields[name]?.[0], texts: (name) => fields[name] ?? [] };
}
