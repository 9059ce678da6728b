import type { Answer, Failure } from './client';

export type Resource<T> = {
  readonly data: T | undefined;
  readonly failure: Failure | undefined;
  readonly loading: boolean;
  /** The data is a copy kept on this device because the network did not answer. */
  readonly saved: boolean;
  reload(): void;
  set(data: T): void;
};

/** Loads whenever `load` reads other state; a slower older answer never overwrites a newer one. */
export function resource<T>(load: () => Promise<Answer<T>> | undefined): Resource<T> {
  let data = $state.raw<T>();
  let failure = $state.raw<Failure>();
  let loading = $state(true);
  let saved = $state(false);
  let round = $state(0);
  let latest = 0;

  $effect(() => {
    void round;
    const mine = ++latest;
    const promise = load();
    loading = true;
    failure = undefined;
    if (!promise) {
      data = undefined;
      loading = false;
      return;
    }
    void promise.then((answer) => {
      if (mine !== latest) return;
      loading = false;
      if (answer.ok) {
        data = answer.data;
        saved = answer.saved;
      } else {
        failure = answer.failure;
      }
    });
  });

  return {
    get data() {
      return data;
    },
    get failure() {
      return failure;
    },
    get loading() {
      return loading;
    },
    get saved() {
      return saved;
    },
    reload: () => void (round += 1),
    set: (value: T) => void (data = value),
  };
}
