/** Hands the person a file made in this page. */
export function saveFile(name: string, text: string, type: string): void {
	const url = URL.createObjectURL(new Blob([text], { type }));
	const link = document.createElement('a');
	link.href = url;
	link.download = name;
	link.click();
	// The download has begun with the click; the address may go after this turn.
	setTimeout(() => URL.revokeObjectURL(url), 0);
}
