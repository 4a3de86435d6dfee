/** What a form action refused, in the reader's language: on the field to mend, or above the form. */
import { errorText } from './error-text.ts';

export interface Refusal {
	readonly code: string;
	readonly details: Record<string, string | number>;
	readonly field: string | undefined;
}

/** The sentence of a field, or undefined where it is not the one at fault. */
export const fieldError = (
	refusal: Refusal | null | undefined,
	field: string
): string | undefined =>
	refusal?.field === field ? errorText(refusal.code, refusal.details) : undefined;

/** The sentence of a refusal that is of none of the form's fields. */
export const formError = (
	refusal: Refusal | null | undefined,
	fields: readonly string[]
): string | undefined =>
	refusal && !(refusal.field !== undefined && fields.includes(refusal.field))
		? errorText(refusal.code, refusal.details)
		: undefined;
