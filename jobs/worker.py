"""The worker: one process that collects on schedule, looks after its sources, raises what falls due, sends, answers and learns.

What ran when stands in our own run log; the scheduler's jobs are declared here and live in memory.
"""

import asyncio
import logging
import signal
from collections import defaultdict
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TypeVar

from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_MAX_INSTANCES, EVENT_JOB_MISSED, JobEvent
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from jobs.answer import answer_requests
from jobs.collect import collect
from jobs.desk import Desk, real_clock
from jobs.fall_due import fall_due
from jobs.find import keep_tables
from jobs.health import report_this_morning, review_sources
from jobs.learn import learn_tonight
from jobs.schedule import first_runs, interval_of, jitter_of
from models import Run, actions, queries
from models.words import Outcome
from notifications.channels import Channel, channels_for
from notifications.sender import send_waiting
from scrapers.fetch import Fetcher

BEAT_SECONDS = 15
SEND_SECONDS = 5
ANSWER_SECONDS = 2
DUE_SECONDS = 600
LEARN_SECONDS = 1800  # how often is looked whether the night's learning is due
COLLECT = "collect "  # before a source's key: the name of its job
REVIEW_SECONDS = 600
REVIEW_AFTER = timedelta(minutes=5)  # the first round comes before the first judgment on who was not collected
ANSWER_DEADLINE = timedelta(minutes=10)  # for one wish of the dashboard; the next ones wait
THREADS = 64  # most of them only wait for a child that reads; lists are read meanwhile

T = TypeVar("T")

log = logging.getLogger("beimwort.worker")


class Worker:
    """The scheduled jobs of one desk. Call `run` while holding the worker's lock."""

    def __init__(self, desk: Desk, fetcher: Fetcher) -> None:
        """Prepare; nothing runs before `run`."""
        self.desk = desk
        self.fetcher = fetcher
        self.doing = ""
        self.channels: dict[str, Channel] = channels_for(desk.settings)
        self.turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self.stopping = asyncio.Event()
        self.tasks: set[asyncio.Task[object]] = set()

    async def run(self, prepare: Callable[[], Coroutine[object, object, None]] | None = None, *, stay: bool = True) -> None:
        """Work until SIGTERM or SIGINT; with `prepare`, do that first while already showing signs of life.

        A run that is cut short is closed as aborted; the next start goes on where it stopped.
        """
        loop = asyncio.get_running_loop()
        loop.set_default_executor(ThreadPoolExecutor(THREADS, thread_name_prefix="worker"))
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.stopping.set)
        with self.desk.database.writing() as session:
            actions.abort_unfinished_runs(session)
        keep_tables()
        scheduler = self._scheduler()
        scheduler.start()
        log.info("Worker started: %d sources.", len(self.desk.sources))
        try:
            if prepare is not None:
                await self._until_stopped(prepare())
            if stay and not self.stopping.is_set():
                self._schedule_collecting(scheduler)
                await self.stopping.wait()
        finally:
            scheduler.shutdown(wait=False)
            await self._cancel()
            with self.desk.database.writing() as session:
                actions.abort_unfinished_runs(session)
            log.info("Worker stopped.")

    async def beat(self) -> None:
        """Show a sign of life."""
        with self.desk.database.writing(visible=False) as session:
            actions.beat(session, "worker", real_clock(), self.doing)

    async def collect(self, key: str) -> None:
        """Collect one source within its deadline, unless somebody paused it."""
        with self.desk.database.reading() as session:
            if queries.is_paused(session, key, self.desk.clock()):
                return
        deadline = timedelta(minutes=self.desk.settings.collect_deadline)
        run = await self._stoppable(self._collect_alone(self.desk, self.fetcher, key, deadline))
        log.info("%s: %s, %d new, %d changed, %d failed", key, run.outcome.value, run.new, run.changed, run.failed)

    async def send(self) -> None:
        """Send what waits in the outbox; mail servers may be slow, so this does not hold up the loop."""
        report = await asyncio.to_thread(send_waiting, self.desk.database, self.channels, self.desk.clock)
        if report.troubled:
            log.warning("Notices: %s", report)

    async def answer(self) -> None:
        """Answer what the dashboard asked."""
        await self._stoppable(answer_requests(self.desk, self.fetcher, self._collect_now))

    async def due(self) -> None:
        """Raise what falls due."""
        fall_due(self.desk)

    async def review(self) -> None:
        """See what time alone did to the sources, and write the morning's report."""
        review_sources(self.desk)
        if report_this_morning(self.desk) is not None:
            log.info("The morning's report on the sources is written.")

    async def learn(self) -> None:
        """Learn from the desk's decisions, once a night; it takes seconds, so this does not hold up the loop."""
        lesson = await asyncio.to_thread(learn_tonight, self.desk)
        if lesson is not None:
            log.info("Learning: %s. %s %d scored.", lesson.outcome, lesson.reason, lesson.scored)

    async def _collect_alone(self, desk: Desk, fetcher: Fetcher, key: str, deadline: timedelta) -> Run:
        """Collect a source while nobody else does: the schedule and a wish of the dashboard may come at once."""
        async with self.turns[key]:
            return await collect(desk, fetcher, key, deadline=deadline)

    async def _collect_now(self, desk: Desk, fetcher: Fetcher, key: str) -> Run:
        """Collect a source because somebody wishes it. Raises `TimeoutError` if it is still being collected on schedule."""
        async with asyncio.timeout(ANSWER_DEADLINE.total_seconds()):
            await self.turns[key].acquire()
        try:
            return await collect(desk, fetcher, key, deadline=ANSWER_DEADLINE)
        finally:
            self.turns[key].release()

    def _scheduler(self) -> AsyncIOScheduler:
        scheduler = AsyncIOScheduler(
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": 300}, timezone=self.desk.settings.timezone
        )
        scheduler.add_listener(self._missed, EVENT_JOB_MISSED | EVENT_JOB_ERROR | EVENT_JOB_MAX_INSTANCES)
        scheduler.add_job(self.beat, "interval", id="beat", seconds=BEAT_SECONDS, next_run_time=real_clock())
        return scheduler

    def _schedule_collecting(self, scheduler: AsyncIOScheduler) -> None:
        start = real_clock()
        intervals = {key: interval_of(source, self.desk.settings) for key, source in self.desk.sources.items()}
        with self.desk.database.reading() as session:
            beginnings = first_runs(intervals, queries.last_runs(session), start)
        for key, interval in intervals.items():
            scheduler.add_job(
                self.collect,
                "interval",
                args=[key],
                id=f"{COLLECT}{key}",
                seconds=interval.total_seconds(),
                jitter=jitter_of(interval).total_seconds(),
                next_run_time=beginnings[key],
            )
        rhythm = {
            "send": (self.send, SEND_SECONDS),
            "answer": (self.answer, ANSWER_SECONDS),
            "fall_due": (self.due, DUE_SECONDS),
            "learn": (self.learn, LEARN_SECONDS),
        }
        for name, (job, seconds) in rhythm.items():
            scheduler.add_job(job, "interval", id=name, seconds=seconds, next_run_time=start)
        scheduler.add_job(self.review, "interval", id="review", seconds=REVIEW_SECONDS, next_run_time=start + REVIEW_AFTER)

    def _missed(self, event: JobEvent) -> None:
        """A job that failed or did not start is an issue in the run log, never only a line in a log file."""
        what = {EVENT_JOB_MISSED: "did not start in time", EVENT_JOB_MAX_INSTANCES: "was still running when it was due again"}
        error = getattr(event, "exception", None)
        if isinstance(error, asyncio.CancelledError) or self.stopping.is_set():
            return
        if event.code == EVENT_JOB_MAX_INSTANCES and str(event.job_id).startswith(COLLECT):
            log.info("%s takes longer than its interval; it is collected again when it is done.", event.job_id)
            return  # its deadline ends it, and then its own run says so
        message = f"The job {event.job_id} {what.get(event.code, f'ended with an error: {error!r}')}."
        log.error("%s", message, exc_info=error)
        now = self.desk.clock()
        with self.desk.database.writing() as session:
            run = actions.start_run(session, str(event.job_id).split()[0], now)
            actions.note_issue(session, run.id, kind="job_failed", message=message, at=now)
            actions.end_run(session, run.id, Outcome.FAILED, now, message)

    async def _until_stopped(self, work: Coroutine[object, object, None]) -> None:
        """Do a piece of work, but let a stop cut it off between two transactions."""
        task = asyncio.ensure_future(self._stoppable(work))
        stop = asyncio.ensure_future(self.stopping.wait())
        await asyncio.wait({task, stop}, return_when=asyncio.FIRST_COMPLETED)
        stop.cancel()
        if task.done():
            await task
        else:
            task.cancel()

    async def _stoppable(self, work: Coroutine[object, object, T]) -> T:
        task = asyncio.ensure_future(work)
        self.tasks.add(task)
        try:
            return await task
        finally:
            self.tasks.discard(task)

    async def _cancel(self) -> None:
        """Between two transactions a job can be cut anywhere: nothing is half done."""
        for task in list(self.tasks):
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
