declare module 'virtual:cell-worker' {
	/** Address of the cell worker's script, one classic file. */
	const url: string;
	export default url;
}
declare module 'virtual:sandbox-boot' {
	/** Text of the frame's boot script, as it is inlined and hashed. */
	export const bootScript: string;
}
