/** What a form or a script sent, as texts: a file where a text is expected reads as nothing. */

/** The field's text, as typed; empty when it is absent. */
export function textOf(form: FormData, name: string): string {
	const value = form.get(name);
	return typeof value === 'string' ? value : '';
}

/** The texts of every control of that name. */
export const textsOf = (form: FormData, name: string): string[] =>
	form.getAll(name).filter((value) => typeof value === 'string');

/** The text of that name in what a script sent; empty for anything else, whatever it would read as. */
export function textIn(sent: Readonly<Record<string, unknown>>, name: string): string {
	const value = Object.hasOwn(sent, name) ? sent[name] : undefined;
	return typeof value === 'string' ? value : '';
}

/** A language's code; French unless English was chosen. */
export const langOf = (form: FormData, name = 'lang'): 'fr' | 'en' =>
	textOf(form, name) === 'en' ? 'en' : 'fr';

/** What a refused form of a page had, so that it shows it again without scripts. */
export const sentIn = (
	address: URL,
	form: FormData
): { action: string; fields: Record<string, string[]> } => ({
	action: address.search,
	fields: Object.fromEntries([...new Set(form.keys())].map((name) => [name, textsOf(form, name)]))
});
