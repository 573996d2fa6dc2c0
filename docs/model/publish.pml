/* The publishing protocol: one post that rests on one consent, one channel, WORKERS workers that die and come back.
 *
 * Read it beside docs/model/README.md. `atomic` is one committed transaction, or one thing that happens on the network.
 * Between two of them anything else may happen: workers die or stall, answers are lost, the network does late what it
 * was asked, a lease runs out, the person withdraws. Every transaction names its action: claim.py:claim, for
 * example, is the function in posts/publishing/actions/.
 *
 * Build switches. What kind of channel (none of these: it prepares, and doubles what it is told twice):
 *   IDEMPOTENT   committing twice under one key shows one post (the practice wall)
 *   ONE_SHOT     nothing is prepared: the first byte is the post
 *   BY_HAND      a person posts and takes down, and nobody can be asked but people
 * What a naive protocol would do instead; each has to fail:
 *   GATE_AT_CLAIM      T2 does not ask the gate again
 *   LEASE_TO_QUEUE     a send whose lease ran out goes back into the queue
 *   RETRY_TIMEOUT      a time-out counts as a refusal and is tried again
 *   NO_QUARANTINE      "not there" is believed at once
 *   STALE_LOOK         the quarantine is measured when the look is written down, not when it was made
 *   NO_WAIT            R2 does not wait for attempts that are open
 *   PREPARE_UNCOUNTED  R2 waits for sends but not for what is being prepared
 *   PREPARE_FREE       T1 neither asks the gate nor writes the attempt: preparing counts for nothing
 *   TAKEDOWN_BY_STATE  the takedown duty follows the present state, not the attempts ever made
 *   UNKNOWN_IS_FINAL   nobody asks what became of an unknown outcome, and nothing is owed for it
 *   NO_CLOSING_WAIT    a takedown is closed on the first absence, and nobody looks again later
 *   LEAVE_IT           what was prepared stays on the network when a person drops the post
 *   HAND_BELIEVED      a person's "it is gone" counts while something may still come
 * What breaks an assumption:
 *   STALLED            a worker may stall between the check of the start window and the bytes
 *   SLOW_NETWORK       the network may do later than the quarantine what it was asked
 */
#ifndef WORKERS
#define WORKERS 2
#endif
#ifdef BY_HAND
#define ONE_SHOT
#endif
#ifdef LIVENESS
#define CHECK(promise) skip
#else
#define CHECK(promise) assert(promise)
#endif

/* The delivery's row. BLOCKED stands for cancelled and returned as well. */
mtype:state = { SCHEDULED, CLAIMED, SENDING, PUBLISHED, UNKNOWN, FAILED, BLOCKED, REMOVED };
mtype:state st = SCHEDULED;
byte fence = 255;            /* the last holder; a worker has one attempt at a time, so its number will do */

/* Its attempts. At most one is open, and it belongs to `fence` (asserted at T1). */
mtype:attempt = { NONE, PREPARING, SEND };
mtype:attempt open = NONE;
bool tried = false;          /* an attempt was ever written: rests on the consent, for good */
bool left = false;           /* an attempt that ended may have left something on the network */

/* Its takedown. */
mtype:takedown = { NOTHING, OWED, DELETED };
mtype:takedown td = NOTHING;
bool cleaning = false;       /* why: only what was prepared and not used */
bool watched = false;        /* one that was not for cleaning is closed: its later looks go on */

/* The withdrawal. */
bool received = false;       /* R1: no new intent from here */
bool effective = false;      /* R2: no byte from here */

/* The network. */
mtype:call = { QUIET, UPLOADING, UPLOADED, UPLOAD_REFUSED, COMMITTING, SHOWN, REFUSED };
mtype:call call[2] = QUIET;
byte late = 0;               /* commits that nobody waits for any more and that may still be carried out */
byte late_uploads = 0;       /* the same for uploads */
bool prepared = false;       /* uploaded, invisible to the public */
byte visible = 0;            /* copies that the public can see */
byte agreed = 0;             /* copies, out or to come, that a person took into account: "send it again" */
bool ripe = false;           /* the channel was last looked at when the quarantine after the last attempt was over */

#define LATE_AT_MOST 1
#define IN_FLIGHT (late + (call[0] == COMMITTING) + (call[1] == COMMITTING))
#define UPLOADS (late_uploads + (call[0] == UPLOADING) + (call[1] == UPLOADING))
#ifdef SLOW_NETWORK
#define ALL_DONE true
#else
#define ALL_DONE (IN_FLIGHT == 0 && UPLOADS == 0)      /* the quarantine is over: all that was asked is done or dropped */
#endif
#define BEING_TAKEN_DOWN (td == OWED || td == DELETED)
#define MINE (fence == id && open != NONE)
#ifdef STALLED
#define IN_TIME true
#else
#define IN_TIME MINE         /* start window + time-out < lease: bytes leave before the lease is over, or not at all */
#endif

/* moves.py:owe_takedown */
inline owe(only_cleaning) {
  if
  :: BEING_TAKEN_DOWN -> cleaning = (cleaning && only_cleaning)
  :: !BEING_TAKEN_DOWN && st != REMOVED -> td = OWED; cleaning = only_cleaning
  :: else
  fi
}

/* moves.py:owe_cleaning, moves.py:left_something */
inline owe_cleaning() {
  if
  :: (st == SCHEDULED || st == BLOCKED || st == FAILED) && (left || open != NONE) -> owe(true)
  :: else
  fi
}

/* moves.py:block */
inline block() { st = BLOCKED; owe_cleaning() }

/* outcome.py:mark_published: whatever the state was, it is out */
inline mark_published() {
  if
  :: received -> st = PUBLISHED; owe(false)
  :: !received && (st == BLOCKED || st == REMOVED || BEING_TAKEN_DOWN) -> st = PUBLISHED; owe(false)
  :: else -> st = PUBLISHED
  fi
}

/* outcome.py:_again_or_never: a permanent refusal or the last try fails, another is tried again */
inline again_or_never() {
  if
  :: st = SCHEDULED
  :: st = FAILED; owe_cleaning()
  fi
}

/* The public sees it: once for each commit, or once for each key. */
inline appear() {
#ifdef IDEMPOTENT
  visible = 1
#else
  if :: visible < 3 -> visible++ :: else fi
#endif
}

/* Nobody waits for the answer any more; what was asked may still be done. */
inline hang_up() {
  if
  :: call[id] == UPLOADING -> late_uploads++
  :: call[id] == COMMITTING -> late++
  :: else
  fi;
  call[id] = QUIET
}
#define MAY_HANG_UP (late < LATE_AT_MOST && late_uploads < LATE_AT_MOST)

/* deliver.py:deliver_one. A worker that dies is replaced by one that remembers nothing: back to `free`. */
proctype Worker(byte id) {
free:
  atomic {                                   /* T1: claim.py:claim, claim.py:_claim, claim.py:take_lease */
    st == SCHEDULED && !BEING_TAKEN_DOWN -> CHECK(open == NONE);
#if defined(ONE_SHOT) || defined(PREPARE_FREE)
    st = CLAIMED; fence = id
#else
    if
    :: received -> block(); goto free        /* the gate decides now, and binds */
    :: else -> CHECK(!received); st = CLAIMED; fence = id; open = PREPARING; tried = true
    fi
#endif
  };
#ifndef ONE_SHOT
  if :: true :: goto free fi;
  atomic {                                   /* the upload begins: deliver.py:_prepare */
    if
#ifdef PREPARE_FREE
    :: true ->
#else
    :: IN_TIME ->
#endif
       CHECK(!effective); call[id] = UPLOADING
    :: true -> goto unprepared               /* the moment had passed */
    fi
  };
  if
  :: atomic { call[id] == UPLOADED -> call[id] = QUIET }
  :: atomic { call[id] == UPLOAD_REFUSED -> call[id] = QUIET; goto unprepared }
  :: atomic { MAY_HANG_UP -> hang_up(); goto unprepared }
  :: atomic { MAY_HANG_UP -> hang_up(); goto free }
  fi;
#endif
  if :: true :: goto free fi;
  atomic {                                   /* T2: intent.py:intend */
    if
    :: st != CLAIMED || fence != id ->       /* intent.py:_lost */
       if :: MINE -> open = NONE; left = true :: else fi;
       owe_cleaning(); goto free
    :: else
    fi;
    if
    :: true ->                               /* intent.py:_put_back: paused, or being taken down */
       if :: open == PREPARING -> open = NONE; left = true :: else fi;
       st = SCHEDULED; goto free
    :: !BEING_TAKEN_DOWN
    fi;
    if
#ifndef GATE_AT_CLAIM
    :: received ->                           /* intent.py:_refused */
       if :: open == PREPARING -> open = NONE; left = true :: else fi;
       block(); goto free
#endif
    :: else -> CHECK(!received);             /* intent.py:_commit */
       open = SEND; tried = true; st = SENDING; ripe = false
    fi
  };
  if :: true :: goto free fi;
  atomic {                                   /* the bytes leave: deliver.py:_commit */
    if
    :: IN_TIME ->
       CHECK(!effective);
#ifndef IDEMPOTENT
       CHECK(IN_FLIGHT + visible <= agreed); /* nothing that was sent before is, or may yet become, visible */
#endif
       call[id] = COMMITTING
    :: true -> call[id] = REFUSED            /* the moment had passed: nothing was sent */
    fi
  };
  if                                         /* T3: outcome.py:keep_outcome; a late answer counts as well */
  :: atomic { call[id] == SHOWN -> call[id] = QUIET;                       /* outcome.py:_published */
       if :: MINE -> open = NONE :: else fi;
       left = true; mark_published() }
  :: atomic { call[id] == REFUSED -> call[id] = QUIET;                     /* outcome.py:_refused */
       if
       :: MINE -> open = NONE;
#ifndef ONE_SHOT
          left = true;
#endif
          if :: st == SENDING -> again_or_never() :: else fi
       :: else
       fi }
  :: atomic { MAY_HANG_UP -> hang_up();                                    /* outcome.py:_unknown */
       if
       :: MINE -> open = NONE; left = true;
          if
#ifdef RETRY_TIMEOUT
          :: st == SENDING -> st = SCHEDULED
#else
          :: st == SENDING -> st = UNKNOWN
#endif
          :: else
          fi
       :: else
       fi }
  :: atomic { MAY_HANG_UP -> hang_up(); goto free }
  fi;
  goto free;
#ifndef ONE_SHOT
unprepared:
  if :: true :: goto free fi;
  atomic {                                   /* outcome.py:keep_unprepared */
    if :: MINE -> open = NONE; left = true :: else fi;
    if :: st == CLAIMED && fence == id -> again_or_never() :: else fi;
    owe_cleaning(); goto free
  }
#endif
}

/* What was asked is done, or refused, or (when nobody waits) dropped, at any time. */
proctype Network() {
  byte id;
  do
  :: atomic { call[0] == UPLOADING || call[1] == UPLOADING ->
       if :: call[0] == UPLOADING -> id = 0 :: call[1] == UPLOADING -> id = 1 fi;
       if
       :: prepared = true; call[id] = UPLOADED
       :: prepared = true; call[id] = UPLOAD_REFUSED     /* the second of two pictures */
       :: call[id] = UPLOAD_REFUSED
       fi; id = 0 }
  :: atomic { call[0] == COMMITTING || call[1] == COMMITTING ->
       if :: call[0] == COMMITTING -> id = 0 :: call[1] == COMMITTING -> id = 1 fi;
       if
       :: appear(); call[id] = SHOWN
       :: call[id] = REFUSED
       fi; id = 0 }
  :: atomic { late > 0 -> late--; if :: appear() :: true fi }
  :: atomic { late_uploads > 0 -> late_uploads--; if :: prepared = true :: true fi }
  od
}

/* A lease runs out: reap.py:reap_one. What a living worker may still send then is IN_TIME's business. */
proctype Reaper() {
  do
#if defined(ONE_SHOT) || defined(PREPARE_FREE)
  :: atomic { st == CLAIMED && open == NONE -> st = SCHEDULED }            /* reap.py:_reap_claim */
#endif
  :: atomic { open == PREPARING ->                                         /* reap.py:_reap_attempt */
       open = NONE; left = true;
       if :: st == CLAIMED -> st = SCHEDULED :: else fi;
       owe_cleaning() }
  :: atomic { open == SEND ->                                              /* reap.py:_reap_attempt */
       open = NONE; left = true;
       if
#ifdef LEASE_TO_QUEUE
       :: st == SENDING -> st = SCHEDULED
#else
       :: st == SENDING -> st = UNKNOWN
#endif
       :: else
       fi }
  od
}

/* What became of it? The channel is asked: settle.py:probe_one. */
#if !defined(BY_HAND) && !defined(UNKNOWN_IS_FINAL)
proctype Probe() {
  bool seen;
  do
  :: atomic { st == UNKNOWN -> seen = (visible > 0); ripe = ALL_DONE };    /* settle.py:_lease, then the look */
     atomic {                                                              /* settle.py:_keep */
       if
       :: st == UNKNOWN && seen -> mark_published()
       :: st == UNKNOWN && !seen ->
          if                                                               /* settle.py:_may_go_again */
          :: BEING_TAKEN_DOWN || open != NONE
#if defined(IDEMPOTENT) || defined(NO_QUARANTINE)
          :: else -> st = SCHEDULED
#elif defined(STALE_LOOK)
          :: !BEING_TAKEN_DOWN && open == NONE && ALL_DONE -> st = SCHEDULED
          :: else
#else
          :: !BEING_TAKEN_DOWN && open == NONE && ripe -> st = SCHEDULED
          :: else
#endif
          fi
       :: else
       fi;
       seen = false; ripe = false }
  od
}
#endif

/* People: settle.py:settle with its three answers, scheduling.py:cancel, tasks.py:ask_takedown. They may err about what is not there. */
proctype Staff() {
  do
#ifndef UNKNOWN_IS_FINAL
  :: atomic { st == UNKNOWN && visible > 0 -> mark_published() }
  :: atomic { st == UNKNOWN -> st = FAILED;
#if !defined(ONE_SHOT) && !defined(LEAVE_IT)
       owe_cleaning()
#endif
     }
  :: atomic { st == UNKNOWN && !BEING_TAKEN_DOWN && agreed == 0 -> st = SCHEDULED;
#ifndef IDEMPOTENT
       agreed = IN_FLIGHT + visible
#endif
     }
#endif
  :: atomic { st == SCHEDULED -> block() }
  :: atomic { true; true }                   /* or nothing: so no run ends, and "finally" is asked of endless runs */
  :: atomic { (st == PUBLISHED || st == UNKNOWN) && !received && !BEING_TAKEN_DOWN -> owe(false) }
  od
}

/* R1, or never: one row; it waits for no network and asks nobody about posts (consent/records/actions). */
proctype Person() { atomic { if :: received = true :: true fi } }

/* The sweep: sweep.py:sweep, sweep.py:_handle. It may die once anywhere, and then begins again. */
proctype Sweep() {
  bool died;
  received;
again:
  atomic {                                   /* S1: sweep.py:_stop_if_refused */
    if :: st == SCHEDULED || st == CLAIMED -> block() :: else fi };
  if :: true :: !died -> died = true; goto again fi;
  atomic {                                   /* S2: sweep.py:_owe */
    if
#ifdef TAKEDOWN_BY_STATE
    :: st == PUBLISHED || st == SENDING || st == UNKNOWN -> owe(false)
#elif defined(UNKNOWN_IS_FINAL)
    :: st == PUBLISHED -> owe(false)
#else
    :: tried -> owe(false)
#endif
    :: else
    fi };
  if :: true :: !died -> died = true; goto again fi;
  atomic {                                   /* R2: effect.py:take_effect */
    if
#if defined(NO_WAIT)
    :: true -> effective = true
#elif defined(PREPARE_UNCOUNTED)
    :: open != SEND -> effective = true
#else
    :: open == NONE -> effective = true
#endif
    :: else -> goto again
    fi; died = false }
}

/* takedown.py:_close */
inline close() {
  if :: !cleaning && (st == PUBLISHED || st == UNKNOWN) -> st = REMOVED :: else fi;
  if :: !cleaning -> watched = true :: else fi;
  td = NOTHING; cleaning = false
}

/* takedown.py:take_down_one: delete post and media, look for both, write down what was seen (takedown.py:_keep). */
proctype Takedown() {
  do
#ifdef BY_HAND
#ifdef HAND_BELIEVED
  :: atomic { td == OWED -> visible = 0; prepared = false; td = DELETED }  /* tasks.py:finish_by_hand */
#else
  :: atomic { td == OWED && open == NONE && ALL_DONE -> visible = 0; td = DELETED }
#endif
  :: atomic { td == DELETED && open == NONE && ALL_DONE ->                 /* tasks.py:close_by_hand */
       td = NOTHING;
       if :: st == PUBLISHED || st == UNKNOWN -> st = REMOVED :: else fi }
#else
  :: atomic { td == OWED -> visible = 0; prepared = false };
     atomic { td == OWED ->
       if
       :: open != NONE                       /* something may still surface */
#ifdef NO_CLOSING_WAIT
       :: else -> close()
#else
       :: else -> td = DELETED               /* takedown.py:_deleted */
#endif
       fi }
  :: atomic { td == DELETED && ALL_DONE -> visible = 0; prepared = false };
     atomic { td == DELETED ->
       if
       :: open != NONE
       :: else -> close()                    /* takedown.py:_close */
       fi }
#ifndef NO_CLOSING_WAIT
  :: atomic { watched && !BEING_TAKEN_DOWN && (visible > 0 || prepared) ->    /* takedown.py:_later */
       st = PUBLISHED; owe(false) }
#endif
#endif
  od
}

init { atomic {
  run Worker(0);
#if WORKERS > 1
  run Worker(1);
#endif
  run Network(); run Reaper(); run Staff(); run Person(); run Sweep(); run Takedown();
#if !defined(BY_HAND) && !defined(UNKNOWN_IS_FINAL)
  run Probe()
#endif
} }

/* Never two posts where one was meant, but for what a person decided. */
#ifdef IDEMPOTENT
ltl p_one { [] (visible <= 1) }
#else
ltl p_one { [] (visible <= 1 + agreed) }
#endif
/* After a withdrawal, finally and for good nothing is visible or prepared. */
ltl p_gone { [] (received -> <> [] (visible == 0 && !prepared)) }
/* What was prepared and then not used is finally removed, withdrawal or not. */
ltl p_tidy { <> [] (st == FAILED || st == BLOCKED -> !prepared) }
/* R2 is always reached. */
ltl p_eff { [] (received -> <> effective) }
