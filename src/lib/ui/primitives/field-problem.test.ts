import { describe, expect, it } from 'vitest';
import { problemOf, type Checked } from './field-problem.ts';

const FINE = {
	valid: true,
	valueMissing: false,
	typeMismatch: false,
	tooShort: false,
	tooLong: false
};
const control = (
	name: string,
	type: string,
	wrong: Partial<Checked['validity']>,
	more: Partial<Checked> = {}
): Checked => ({
	...{ name, type, willValidate: true, ...more },
	validity: { ...FINE, valid: Object.keys(wrong).length === 0, ...wrong }
});

describe('what a control’s own check says', () => {
	it.each([
		[control('title', 'text', {}), null],
		[control('title', 'text', { valueMissing: true }), { code: 'title_required', details: {} }],
		[control('email', 'email', { valueMissing: true }), { code: 'field_required', details: {} }],
		[
			control('organisationId', 'select-one', { valueMissing: true }),
			{ code: 'choice_required', details: {} }
		],
		[control('email', 'email', { typeMismatch: true }), { code: 'email_invalid', details: {} }],
		[
			control('password', 'password', { tooShort: true }, { minLength: 12 }),
			{ code: 'password_short', details: { min: 12 } }
		]
	])('%# is said in our words', (given, said) => expect(problemOf(given)).toEqual(said));
});
