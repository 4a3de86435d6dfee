/** Two letters for a name: the first of its first and of its last word. */
export function initials(name: string): string {
	const words = name
		.trim()
		.split(/[\s-]+/u)
		.filter((word) => /[\p{L}\p{N}]/u.test(word));
	const letter = (word: string | undefined): string =>
		/[\p{L}\p{N}]\p{M}*/u.exec(word ?? '')?.[0]?.toLocaleUpperCase() ?? '';
	const first = letter(words[0]);
	return (words.length > 1 ? first + letter(words.at(-1)) : first) || '?';
}
