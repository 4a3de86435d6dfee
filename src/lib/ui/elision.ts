/** French writes « somme d’entrées », and « somme de billets ». */
import { getLocale } from '$lib/paraglide/runtime';

/** The sentence, where « de » stands before this name and the name begins with a vowel. */
export const elided = (sentence: string, name: string): string =>
	getLocale() === 'fr' && /^[aeiouàâäéèêëîïôöùûü]/i.test(name)
		? sentence.replace(`de ${name}`, () => `d’${name}`)
		: sentence;
