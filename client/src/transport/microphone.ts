/** The microphone as the WebRTC transport wants it: audio only, and a refusal does not end the call. */
import { DeviceError, type DeviceErrorType, type PipecatClientOptions, type Tracks } from "@pipecat-ai/client-js";

const WANTED: MediaStreamConstraints = {
  audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
};

const TYPES: Readonly<Record<string, DeviceErrorType>> = {
  NotAllowedError: "permissions",
  SecurityError: "permissions",
  NotFoundError: "not-found",
  OverconstrainedError: "not-found",
  NotReadableError: "in-use",
  AbortError: "in-use",
};

type NoDevice = Record<string, never>;

/** Has the shape of the transport's `MediaManager`, which the package does not export. */
export class Microphone {
  readonly supportsScreenShare = false;
  readonly isCamEnabled = false;
  readonly isSharingScreen = false;
  readonly selectedMic: MediaDeviceInfo | NoDevice = {};
  readonly selectedCam: NoDevice = {};
  readonly selectedSpeaker: NoDevice = {};
  #options: PipecatClientOptions | null = null;
  #track: MediaStreamTrack | null = null;
  #enabled: boolean;
  #ended = false;

  constructor(enabled: boolean) {
    this.#enabled = enabled;
  }

  get isMicEnabled(): boolean {
    return this.#enabled && this.#track !== null;
  }

  get track(): MediaStreamTrack | null {
    return this.#track;
  }

  setClientOptions(options: PipecatClientOptions): void {
    this.#options ??= options;
  }

  setUserAudioCallback(): void {}

  /** Never rejects: the client would wait for ever. */
  async initialize(): Promise<void> {
    if (this.#track) return;
    if (!navigator.mediaDevices) return this.#refuse("undefined-mediadevices", "no secure page");
    await navigator.mediaDevices.getUserMedia(WANTED).then(
      (stream) => this.#take(stream),
      (error: unknown) => this.#refuse(TYPES[error instanceof Error ? error.name : ""] ?? "unknown", String(error)),
    );
  }

  async connect(): Promise<void> {
    await this.initialize();
  }

  async disconnect(): Promise<void> {
    this.#ended = true;
    this.#track?.stop();
    this.#track = null;
  }

  enableMic(enable: boolean): void {
    this.#enabled = enable;
    if (this.#track) this.#track.enabled = enable;
  }

  tracks(): Tracks {
    return { local: this.#track ? { audio: this.#track } : {} };
  }

  async userStartedSpeaking(): Promise<void> {}
  bufferBotAudio(): undefined {}
  enableCam(): void {}
  enableScreenShare(): void {}
  updateMic(): void {}
  updateCam(): void {}
  updateSpeaker(): void {}
  getAllMics = (): Promise<MediaDeviceInfo[]> => Promise.resolve([]);
  getAllCams = (): Promise<MediaDeviceInfo[]> => Promise.resolve([]);
  getAllSpeakers = (): Promise<MediaDeviceInfo[]> => Promise.resolve([]);

  #take(stream: MediaStream): void {
    const track = stream.getAudioTracks()[0] ?? null;
    if (this.#ended || !track) return stream.getTracks().forEach((each) => each.stop());
    track.enabled = this.#enabled;
    track.addEventListener("ended", () => this.#refuse("not-found", "unplugged"));
    this.#track = track;
    this.#options?.callbacks?.onTrackStarted?.(track, { id: "local", name: "", local: true });
  }

  #refuse(type: DeviceErrorType, why: string): void {
    if (!this.#ended) this.#options?.callbacks?.onDeviceError?.(new DeviceError(["mic"], type, why));
  }
}
