declare module 'virtual:sandbox' {
	/** Text of the frame's boot script, as it is inlined and hashed. */
	export const bootScript: string;
	/** Text of the cell worker, one classic script. */
	export const workerScript: string;
}
