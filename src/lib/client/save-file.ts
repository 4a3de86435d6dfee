/**
 * Hands the person a file made in this page.
 * @param type the media type of a text; a Blob has its own
 */
export function saveFile(name: string, content: string | Blob, type = 'text/plain'): void {
	const file = typeof content === 'string' ? new Blob([content], { type }) : content;
	const url = URL.createObjectURL(file);
	const link = document.createElement('a');
	link.href = url;
	link.download = name;
	link.click();
	// The download has begun with the click; the address may go after this turn.
	setTimeout(() => URL.revokeObjectURL(url), 0);
}
