/** Which of our errors a control's own check amounts to. */

/** Of a control, what is looked at. */
export interface Checked {
	readonly name: string;
	readonly type: string;
	readonly willValidate: boolean;
	readonly validity: Pick<
		ValidityState,
		'valid' | 'valueMissing' | 'typeMismatch' | 'tooShort' | 'tooLong'
	>;
	readonly minLength?: number;
	readonly maxLength?: number;
}

/** What the server says of the same field left empty. */
const EMPTY: Readonly<Record<string, string>> = {
	title: 'title_required',
	displayName: 'name_required',
	name: 'name_required',
	file: 'notebook_file_missing'
};

/** null where nothing is wrong with it. */
export function problemOf({ name, type, validity, minLength, maxLength }: Checked): {
	code: string;
	details: Record<string, number>;
} | null {
	const of = (code: string, details: Record<string, number> = {}) => ({ code, details });
	if (validity.valid) return null;
	if (validity.valueMissing)
		return of(EMPTY[name] ?? (type === 'select-one' ? 'choice_required' : 'field_required'));
	if (validity.typeMismatch && type === 'email') return of('email_invalid');
	if (validity.tooShort && type === 'password')
		return of('password_short', { min: minLength ?? 0 });
	if (validity.tooLong) return of('too_long', { max: maxLength ?? 0 });
	return of('field_invalid');
}
