/** What a form was refused, and the sentence that belongs under one of its fields. */
import { errorText } from './error-text';

export interface Refusal {
	readonly code: string;
	readonly details: Readonly<Record<string, string | number>>;
	/** Name of the form field to mend, if one is at fault. */
	readonly field?: string;
}

/** The sentence for that field; undefined where it is not the one at fault. */
export const fieldError = (
	refusal: Refusal | null | undefined,
	field: string
): string | undefined =>
	refusal?.field === field ? errorText(refusal.code, refusal.details) : undefined;
