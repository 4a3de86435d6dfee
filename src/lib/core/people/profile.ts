/** What a person says of themselves, made clean and checked. */
import { InvalidError } from '../errors.ts';
import { MISLEADING } from '../misleading.ts';
import { DISCIPLINES, REGION_CODES } from '../workshop/vocabulary.ts';

export const NAME_MAX = 80;
export const EMAIL_MAX = 254;
export const PASSWORD_MIN = 10;
/** Bounds the work of hashing, not anyone's memory. */
export const PASSWORD_MAX = 200;

/** Controls, and the invisible characters that reorder or hide text: a name with them could pass for another. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu;

/** A one-line text as it may be shown, though it were still being typed: without what reorders or hides it. */
export const visibleLine = (text: string): string =>
	text.replace(/\s+/g, ' ').replace(INVISIBLE, '');

/** A text of several lines, trimmed, without what reorders or hides its words. */
export const visibleText = (text: string): string => text.replace(MISLEADING, '').trim();

/**
 * A one-line text in NFC, without invisible characters, spaces collapsed.
 * @throws InvalidError `${field}_required` when nothing is left, `too_long` past `max` characters
 */
export function cleanLine(text: string, field: string, required: string, max = NAME_MAX): string {
	const clean = optionalLine(text, field, max);
	if (clean === null) throw new InvalidError(required, {}, field);
	return clean;
}

/** The same, but nothing is allowed: it answers null. */
export function optionalLine(
	text: string | null | undefined,
	field: string,
	max = NAME_MAX
): string | null {
	const clean = (text ?? '')
		.slice(0, 10_000)
		.replace(/\s+/g, ' ')
		.replace(INVISIBLE, '')
		.normalize('NFC')
		.trim();
	if ([...clean].length > max) throw new InvalidError('too_long', { max }, field);
	return clean === '' ? null : clean;
}

/**
 * The address in lower case. Only its outline is checked: whether it receives mail, mail alone can tell.
 * @throws InvalidError `email_invalid`
 */
export function cleanEmail(text: string): string {
	const email = text.normalize('NFC').trim().toLowerCase();
	if (!isEmail(email)) throw new InvalidError('email_invalid', {}, 'email');
	return email;
}

/** Whether a text has the outline of an address: nothing in it could be more than one, or end a line. */
export const isEmail = (text: string): boolean =>
	text.length <= EMAIL_MAX &&
	/^[^\s@<>"(),;:\\]+@[^\s@<>"(),;:\\]+\.[^\s@<>"(),;:\\.]+$/.test(text);

/** @throws InvalidError `password_short`, `password_long` or `password_guessable` */
export function checkPassword(password: string, email: string): void {
	const length = [...password].length;
	if (length < PASSWORD_MIN)
		throw new InvalidError('password_short', { min: PASSWORD_MIN }, 'password');
	if (length > PASSWORD_MAX)
		throw new InvalidError('password_long', { max: PASSWORD_MAX }, 'password');
	const plain = password.toLowerCase();
	const few = new Set(plain).size < 4;
	const own = plain === email || plain === email.split('@')[0];
	if (few || own) throw new InvalidError('password_guessable', {}, 'password');
}

/** A region's code, or null for none; anything else is refused. */
export function cleanRegion(text: string | null | undefined): string | null {
	if (!text) return null;
	if ((REGION_CODES as readonly string[]).includes(text)) return text;
	throw new InvalidError('region_unknown', {}, 'region');
}

/** A discipline's code, or null for none; anything else is refused. */
export function cleanDiscipline(text: string | null | undefined): string | null {
	if (!text) return null;
	if ((DISCIPLINES as readonly string[]).includes(text)) return text;
	throw new InvalidError('discipline_unknown', {}, 'discipline');
}
