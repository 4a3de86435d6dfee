/** Hands the person a file made in this page. */
export const saveFile = (name: string, text: string, type: string): void =>
	saveBlob(name, new Blob([text], { type }));

/** The same, of bytes that a worker made. */
export function saveBlob(name: string, file: Blob): void {
	const url = URL.createObjectURL(file);
	const link = document.createElement('a');
	link.href = url;
	link.download = name;
	link.click();
	// The download has begun with the click; the address may go after this turn.
	setTimeout(() => URL.revokeObjectURL(url), 0);
}
