/**
 * The few words between the page and the sandbox frame, before the worker's own port takes over. The frame's
 * origin is opaque: both sides check `event.source`.
 */
export type FrameRequest =
	/** Give the worker the port that comes with the message; only the first is taken. */
	{ type: 'connect' } | { type: 'stop' };

export type FrameReport =
	/**
	 * Said once the frame is there, and as an answer to `connect`. `opaque`: the browser honoured the sandbox; `worker`:
	 * it has workers. Both must hold, or no worker was started. `connected`: a port was taken.
	 */
	| { type: 'frame-ready'; opaque: boolean; worker: boolean; connected: boolean }
	| { type: 'worker-failed'; message: string };
