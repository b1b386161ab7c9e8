/** Shows how loud a track is, so that people see that they are heard. */
export class LevelMeter {
  #meter;
  #context = null;
  #frame = 0;

  constructor(meter) {
    this.#meter = meter;
  }

  /** Watches this track from now on, or none. */
  watch(track) {
    cancelAnimationFrame(this.#frame);
    this.#context?.close();
    this.#context = null;
    this.#meter.hidden = !track;
    if (track) {
      this.#measure(track);
    }
  }

  #measure(track) {
    this.#context = new AudioContext();
    const analyser = this.#context.createAnalyser();
    analyser.fftSize = 512;
    this.#context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    const show = () => {
      analyser.getFloatTimeDomainData(samples);
      const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
      this.#meter.value = Math.min(1, Math.sqrt(power) * 4);
      this.#frame = requestAnimationFrame(show);
    };
    show();
  }
}
