/** Loudness of a track, 0 to 1, read when asked. */

export interface Loudness {
  read(): number;
  close(): void;
}

const FLOOR_DB = -60;

export const loudnessOf = (track: MediaStreamTrack): Loudness => {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 512;
  context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  return {
    read: () => {
      analyser.getFloatTimeDomainData(samples);
      const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
      return Math.max(0, Math.min(1, 1 - (10 * Math.log10(power + 1e-10)) / FLOOR_DB));
    },
    close: () => void context.close(),
  };
};
