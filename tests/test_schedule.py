"""What docs/schedule.md tells an administrator to install, run as cron would: with no environment but a PATH."""

import configparser
import contextlib
import email
import email.policy
import fcntl
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

import pytest
import yaml
from small_project import command, contents, make_project
from test_run import gone

from gsanalysis import commands

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs/schedule.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^(?:\*\*`(\S+)`\*\*[^\n]*\n\n)?```\w+\n(.*?)^```$", PAGE, re.M | re.S)
FILES = {path: text for path, text in BLOCKS if path}
TYPED = [text for path, text in BLOCKS if not path]
SET_UP, UPDATE, BY_HAND, SWITCH_ON, MONITOR = TYPED
NIGHTLY, MONITORED = "/usr/local/bin/gsanalysis-nightly", "/usr/local/bin/gsanalysis-monitor"
UNITS = [path for path in FILES if path.startswith("/etc/systemd/")]
SERVICE, TIMER, ALARM = UNITS
CRON, LOGROTATE, WORKFLOW = (
    "/etc/cron.d/gsanalysis",
    "/etc/logrotate.d/gsanalysis",
    ".github/workflows/reports.yml",
)
BARE = {"PATH": "/usr/bin:/bin"}


@dataclass(frozen=True)
class Server:
    """A folder that stands for the server's root, with a small project as checkout and the page's files in it."""

    folder: Path

    @property
    def checkout(self) -> Path:
        return self.folder / "srv/gsanalysis"

    @property
    def state(self) -> Path:
        return self.folder / "var/lib/gsanalysis"

    @property
    def reports(self) -> Path:
        return self.state / "reports/2014"

    def here(self, text: str) -> str:
        """The page's text with every folder of the server's below this one."""
        folders = r"(?<![\w./])/(srv|var/lib|var/log|usr/local/bin|usr/sbin/sendmail)\b"
        return re.sub(folders, rf"{self.folder}/\1", text)

    def path(self, name: str) -> Path:
        return Path(self.here(name))

    def call(self, line: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """What a shell makes of the page's line where only cron's PATH is set."""
        return subprocess.run(
            ["/bin/sh", "-c", self.here(line)],
            cwd="/",
            env=BARE | environment,
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )

    def stub(self, name: str, text: str) -> None:
        """A command of this name, which stands before the system's if PATH begins with the stubs' folder."""
        write_program(self.folder / "stubs" / name, f"#!/bin/sh\n{text}\n")

    def stubs(self) -> dict[str, str]:
        return {"PATH": f"{self.folder / 'stubs'}:{BARE['PATH']}"}

    def calls(self) -> list[str]:
        """What the stubs were called with."""
        return (self.folder / "calls").read_text(encoding="utf-8").splitlines()

    def mails(self) -> list[EmailMessage]:
        messages = [path.read_bytes() for path in sorted((self.folder / "mail").iterdir())]
        return [email.message_from_bytes(message, policy=email.policy.default) for message in messages]

    def events(self) -> list[dict[str, object]]:
        log = self.folder / "var/log/gsanalysis/runs.jsonl"
        return (
            [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
            if log.exists()
            else []
        )


@pytest.fixture
def server(tmp_path: Path) -> Server:
    server = Server(tmp_path)
    make_project(server.checkout)
    (server.checkout / ".venv").symlink_to(sys.prefix)
    for folder in (server.state, tmp_path / "var/log/gsanalysis", tmp_path / "mail"):
        folder.mkdir(parents=True)
    for name in (NIGHTLY, MONITORED):
        write_program(server.path(name), server.here(FILES[name]))
    refuse = f'[ ! -e "{tmp_path}/refuse" ] || exit 69'
    write_program(
        server.path("/usr/sbin/sendmail"),
        f'#!/bin/sh\n{refuse}\ncat >"$(mktemp "{tmp_path}/mail/XXXXXXXX")"\necho "sendmail $*" >>"{tmp_path}/calls"\n',
    )
    return server


def write_program(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)


def unit(path: str) -> configparser.ConfigParser:
    parsed = configparser.ConfigParser(strict=False, interpolation=None)
    parsed.optionxform = str  # type: ignore[assignment,method-assign]
    parsed.read_string(FILES[path])
    return parsed


def attached(message: EmailMessage) -> bytes:
    assert not [defect for part in message.walk() for defect in part.defects]
    (pdf,) = message.iter_attachments()
    assert (pdf.get_content_type(), pdf.get_filename()) == ("application/pdf", "report-2014.pdf")
    return bytes(pdf.get_content())


def test_every_block_of_the_page_is_one_that_is_tried_here():
    assert set(FILES) == {NIGHTLY, *UNITS, CRON, WORKFLOW, MONITORED, LOGROTATE}
    assert len(UNITS) == 3
    assert PAGE.count("```") == 2 * len(BLOCKS)


def test_the_script_makes_the_reports_and_mails_the_whole_report_once(server):
    first = server.call(NIGHTLY)
    assert (first.returncode, first.stderr) == (0, "")
    (message,) = server.mails()
    assert attached(message) == (server.reports / "report.pdf").read_bytes()
    assert (message["From"], message["To"]) == ("gsanalysis@example.org", "evaluation@example.org")
    assert message["Subject"] == "Evaluation report 2014"
    assert message["Date"].datetime.tzinfo
    assert message.get_body().get_content().strip() == "The report of 2014 has changed. It is attached."
    assert server.calls() == ["sendmail -t -oi"]
    assert [event["event"] for event in server.events()][-1] == "ended"

    second = server.call(NIGHTLY)
    assert second.returncode == 0
    assert second.stdout.startswith("Nothing has changed since the last run")
    assert len(server.mails()) == 1


def test_the_script_mails_again_when_a_figure_has_changed(server):
    assert server.call(NIGHTLY).returncode == 0
    change_a_figure(server, "80", "81")
    assert server.call(NIGHTLY).returncode == 0
    pdfs = {attached(message) for message in server.mails()}
    assert len(pdfs) == 2
    assert (server.reports / "report.pdf").read_bytes() in pdfs


def test_the_script_takes_another_data_folder(server):
    shutil.copytree(server.checkout / "data", server.folder / "other")
    shutil.rmtree(server.checkout / "data/measurements")
    run = server.call(NIGHTLY, DATA=str(server.folder / "other"))
    assert run.returncode == 0, run.stderr
    assert server.events()[0]["data"] == [str(server.folder / "other")]


def test_after_exit_code_3_a_report_that_could_be_made_is_mailed_and_another_not(server):
    failed = server.call(NIGHTLY, TEST_FAIL="A")
    assert failed.returncode == 3
    assert "2014 A failed: ValueError: the test asked for it (code cell 4)\n" in failed.stderr
    assert (server.reports / "report.failed.ipynb").exists()
    assert not server.mails()

    change_a_figure(server, "80", "81")
    failed = server.call(NIGHTLY, TEST_FAIL="period")
    assert failed.returncode == 3
    assert failed.stderr == "2012-2015 period failed: ValueError: the test asked for it (code cell 3)\n"
    (message,) = server.mails()
    assert attached(message) == (server.reports / "report.pdf").read_bytes()

    change_a_figure(server, "81", "82")
    assert server.call(NIGHTLY, TEST_FAIL="report").returncode == 3
    assert len(server.mails()) == 1


def test_a_report_that_could_not_be_mailed_is_mailed_by_the_next_run(server):
    (server.folder / "refuse").touch()
    refused = server.call(NIGHTLY)
    assert refused.returncode == 75
    assert refused.stderr == "The report of 2014 could not be mailed; the next run tries again.\n"
    assert (server.reports / "report.pdf").exists()

    (server.folder / "refuse").unlink()
    change_a_figure(server, "80", "81")
    assert server.call(NIGHTLY, TEST_FAIL="report").returncode == 3
    assert not server.mails(), "the report that stands is not of these figures"
    assert server.call(NIGHTLY).returncode == 0
    assert len(server.mails()) == 1


def damage_the_data(server: Server) -> None:
    change_a_figure(server, "80", "eighty")


def change_a_figure(server: Server, before: str, after: str) -> None:
    figures = server.checkout / "data/measurements/2014.csv"
    figures.write_text(figures.read_text().replace(f",{before},", f",{after},"))


def forget_the_data(server: Server) -> None:
    (server.checkout / "data").rename(server.folder / "forgotten")


def put_a_file_in_its_place(server: Server) -> None:
    (server.state / "reports").write_text("not a folder")


@pytest.mark.parametrize(
    ("harm", "settings", "code", "said"),
    [
        (damage_the_data, {}, 1, "measurements/2014.csv:2:value: "),
        (forget_the_data, {}, 2, "gsanalysis: "),
        (lambda server: None, {"YEAR": "1999"}, 2, "gsanalysis: 1999 is neither a year of the plan"),
        (lambda server: None, {"CHECKOUT": "/dev/null/nowhere"}, 2, "/dev/null/nowhere"),
        (put_a_file_in_its_place, {}, 4, "name another folder with --out\n"),
        (lambda server: None, {"LOG": "/dev/null/nowhere/runs.jsonl"}, 4, "name another file with --log\n"),
    ],
)
def test_the_script_passes_on_what_went_wrong_and_mails_nothing(
    server: Server, harm: Callable[[Server], None], settings: dict[str, str], code: int, said: str
):
    harm(server)
    run = server.call(NIGHTLY, **settings)
    assert run.returncode == code, run.stderr
    assert said in run.stderr
    assert run.stderr.count("\n") == 1
    assert not server.mails()


def test_a_run_beside_another_ends_at_once_and_leaves_the_other_its_folder(server):
    lock = server.state / "reports/.lock"
    lock.parent.mkdir()
    with lock.open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        run = server.call(NIGHTLY)
    assert run.returncode == 4
    assert run.stderr.endswith("is locked by another run; wait until that one has ended\n")
    assert contents(server.state / "reports") == {}


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL], ids=lambda number: number.name)
def test_when_the_scheduler_ends_all_processes_nothing_half_is_left_and_the_next_run_is_whole(server, number):
    with subprocess.Popen(
        [server.path(NIGHTLY)], env=BARE | {"TEST_SLOW": "300"}, stdout=subprocess.DEVNULL
    ) as run:
        while not list(server.state.glob("reports/.staging-*/2014")):
            assert run.poll() is None
            time.sleep(0.05)
        for process in made_by_numbers(server.checkout):  # what KillMode=control-group does
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, number)
    assert run.returncode == -number
    assert gone(server.checkout)
    assert contents(server.state / "reports") == {} or number == signal.SIGKILL
    assert not server.reports.exists()
    ended = [event for event in server.events() if event["event"] == "ended"]
    assert [event["exit_code"] for event in ended] == ([130] if number == signal.SIGTERM else [])

    assert server.call(NIGHTLY).returncode == 0
    assert not list(server.state.glob("reports/.staging-*"))
    assert len(server.mails()) == 1


def made_by_numbers(folder: Path) -> list[int]:
    """Processes that work in the checkout; the script has changed into it."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if (process / "cwd").resolve() == folder.resolve():
                found.append(int(process.name))
        except OSError:
            continue
    return found


def test_the_units_name_each_other_a_user_a_limit_and_the_folders_that_may_be_written():
    service = unit(SERVICE)["Service"]
    assert service["Type"] == "oneshot"
    assert service["User"] == service["Group"] == "gsanalysis"
    assert service["WorkingDirectory"] == "/srv/gsanalysis"
    assert service["ExecStart"] == NIGHTLY
    assert service["KillMode"] == "control-group"
    assert service["TimeoutStartSec"] == "2h"
    assert service["ProtectSystem"] == "strict"
    assert "NoNewPrivileges" not in service
    assert "SuccessExitStatus" not in service
    assert "ReadWritePaths=/var/lib/gsanalysis /var/log/gsanalysis\n" in FILES[SERVICE]
    assert unit(SERVICE)["Unit"]["OnFailure"] == Path(ALARM).name
    timer = unit(TIMER)
    assert Path(TIMER).stem == Path(SERVICE).stem
    assert timer["Timer"]["OnCalendar"] == "*-*-* 03:15:00"
    assert timer["Timer"]["Persistent"] == "true"
    assert timer["Install"]["WantedBy"] == "timers.target"
    for name in UNITS[::2]:
        assert not unit(name).has_section("Install"), "what the timer or a failure starts isn't enabled"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd-analyze on this machine")
def test_systemd_has_nothing_to_say_against_the_units(server):
    for name in UNITS:
        (server.folder / Path(name).name).write_text(server.here(FILES[name]), encoding="utf-8")
    names = [server.folder / Path(name).name for name in UNITS]
    told = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *names], capture_output=True, encoding="utf-8", check=False
    )
    own = [line for line in told.stderr.splitlines() if str(server.folder) in line or "gsanalysis" in line]
    assert (told.returncode, own) == (0, []), told.stderr


def test_the_service_s_command_works_with_the_unit_s_environment_alone(server):
    service = unit(SERVICE)["Service"]
    settings = dict(setting.split("=", 1) for setting in shlex.split(service["Environment"]))
    assert server.call(service["ExecStart"], **settings | {"YEAR": "2013"}).returncode == 0
    assert (server.state / "reports/2013/report.pdf").exists()
    assert [message["To"] for message in server.mails()] == [settings["MAIL_TO"]]


def test_the_alarm_mails_the_journal_s_last_lines(server):
    server.stub("journalctl", f'echo "journalctl $*" >>"{server.folder}/calls"; echo 2014 O3 failed')
    shell, option, script = shlex.split(unit(ALARM)["Service"]["ExecStart"])
    assert (shell, option) == ("/bin/sh", "-c")
    assert re.findall("%.", script) == ["%H"]
    assert server.call(script.replace("%H", "server"), **server.stubs()).returncode == 0
    (message,) = server.mails()
    assert (message["To"], message["Subject"]) == ("root", "gsanalysis failed on server")
    assert message.get_content() == "2014 O3 failed\n"
    assert f"--unit={Path(SERVICE).name}" in server.calls()[0]


def test_the_line_in_the_crontab_makes_the_reports_in_silence_and_says_what_fails(server):
    *settings, line = FILES[CRON].splitlines()
    environment = dict(setting.split("=", 1) for setting in settings)
    assert environment["PATH"] == BARE["PATH"]
    assert "%" not in line, "cron reads it as the end of the line"
    minute, hour, *days, user, job = line.split(maxsplit=6)
    assert 0 <= int(minute) < 60
    assert 0 <= int(hour) < 24
    assert days == ["*", "*", "*"]
    assert user == "gsanalysis"

    silent = server.call(job, **environment)
    assert (silent.returncode, silent.stdout, silent.stderr) == (0, "", "")
    assert len(server.mails()) == 1
    damage_the_data(server)
    told = server.call(job, **environment)
    assert (told.returncode, told.stdout) == (1, "")
    assert "measurements/2014.csv:2:value: " in told.stderr


def test_the_workflow_makes_keeps_mails_and_attaches_the_reports(server):
    workflow = yaml.safe_load(FILES[WORKFLOW])
    (schedule,) = workflow[True]["schedule"]  # YAML 1.1 reads the key `on` as true
    assert re.fullmatch(r"\d+ \d+ \* \* \*", schedule["cron"])
    assert workflow["permissions"] == {"contents": "read"}
    job = workflow["jobs"]["reports"]
    assert job["timeout-minutes"] == 60
    steps = job["steps"]
    assert all(("uses" in step) != ("run" in step) for step in steps)
    used = {step["uses"].split("@")[0]: step for step in steps if "uses" in step}
    restored, saved = used["actions/cache/restore"]["with"], used["actions/cache/save"]["with"]
    assert (restored["path"], restored["key"]) == (saved["path"], saved["key"])
    assert restored["key"].startswith(restored["restore-keys"])
    for name in ("actions/cache/save", "actions/upload-artifact"):
        assert used[name]["if"] == "${{ !cancelled() }}"
    assert (ROOT / used["actions/setup-python"]["with"]["cache-dependency-path"]).exists()

    server.stub("make", f'echo "make $*" >>"{server.folder}/calls"')
    server.stub(
        "curl", f'echo "curl $*" >>"{server.folder}/calls"; cat >"$(mktemp "{server.folder}/mail/XXXX")"'
    )
    write_program(server.checkout / ".ci/nightly", FILES[NIGHTLY])
    for step in steps:
        if "run" in step:
            secrets = dict.fromkeys(step.get("env", {}), "secret")
            done = subprocess.run(
                ["/bin/bash", "-e", "-c", step["run"]],
                cwd=server.checkout,
                env={**server.stubs(), **job["env"], **secrets},
                capture_output=True,
                encoding="utf-8",
                timeout=120,
                check=False,
            )
            assert done.returncode == 0, done.stderr
    assert server.calls() == ["make setup", job["env"]["SENDMAIL"]]
    settings = server.checkout / "mail.curl"
    assert settings.stat().st_mode & 0o077 == 0
    assert settings.read_text().splitlines() == [
        'url = "smtps://mail.example.org"',
        "crlf",
        'mail-from = "gsanalysis@example.org"',
        'mail-rcpt = "evaluation@example.org"',
        'user = "gsanalysis@example.org:secret"',
    ]
    (message,) = server.mails()
    assert attached(message) == (server.checkout / "state/reports/2014/report.pdf").read_bytes()
    for path in used["actions/upload-artifact"]["with"]["path"].split():
        assert (server.checkout / path).exists(), path


def test_the_commands_to_set_up_and_to_update_are_ones_that_there_are(server):
    for name in ("useradd", "git", "make", "install", "systemctl"):
        server.stub(name, f'echo "{name} $*" >>"{server.folder}/calls"')
    for block in (SET_UP, UPDATE, SWITCH_ON):
        done = server.call(f"set -e\n{block}", **server.stubs())
        assert (done.returncode, done.stderr) == (0, "")
    called = server.calls()
    made = f"make -C {server.checkout} setup PYTHON=/usr/bin/python3"
    assert [call for call in called if call.startswith("make")] == [made, made]
    assert re.search("^setup:", (ROOT / "Makefile").read_text(), re.M)
    assert f"install -d -o gsanalysis -g gsanalysis -m 0755 {server.state} " in "\n".join(called)
    units = {word for call in called if call.startswith("systemctl") for word in call.split() if "." in word}
    assert units == {Path(TIMER).name, Path(SERVICE).name}


def test_the_commands_to_try_it_by_hand_work_as_the_user_with_an_empty_environment(server):
    server.stub("sudo", '[ "$1 $2" = "-u gsanalysis" ] && shift 2 && exec "$@"')
    done = server.call(f"set -e\n{BY_HAND}", **server.stubs())
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("2 objectives, ")
    assert (server.reports / "report.pdf").exists()
    assert server.events()[-1]["exit_code"] == 0


def test_the_monitor_is_content_with_a_young_good_run_only(server):
    def told() -> tuple[int, str]:
        done = server.call(MONITOR)
        assert done.stderr == ""
        return done.returncode, done.stdout

    assert told() == (2, "CRITICAL: no run has ended yet\n")
    assert server.call(NIGHTLY).returncode == 0
    log = server.folder / "var/log/gsanalysis/runs.jsonl"
    good = log.read_text(encoding="utf-8")
    code, text = told()
    assert (code, text) == (0, f"OK: the last run ended at {server.events()[-1]['time']}\n")

    log.rename(log.with_name("runs.jsonl.1"))  # as logrotate does
    assert told()[0] == 0
    assert server.call(NIGHTLY, YEAR="1999").returncode == 2
    code, text = told()
    assert code == 2
    assert text.startswith("CRITICAL: exit code 2: 1999 is neither a year of the plan")

    log.with_name("runs.jsonl.1").unlink()
    log.write_text(re.sub(r'"time": "\d{4}', '"time": "2020', good), encoding="utf-8")
    code, text = told()
    assert code == 2
    assert re.fullmatch(r"CRITICAL: the last run ended \d+ hours ago\n", text)


def test_the_log_is_rotated_where_it_is_written():
    rotated, *_ = FILES[LOGROTATE].split()
    assert f'"${{LOG:={rotated}}}"' in FILES[NIGHTLY]
    assert rotated in MONITOR.split()
    assert f"{rotated}.1" in MONITOR.split()
    assert FILES[LOGROTATE].count("{") == FILES[LOGROTATE].count("}") == 1
    assert "delaycompress" in FILES[LOGROTATE] or "compress" not in FILES[LOGROTATE]


def test_the_table_of_the_log_names_every_event_and_field(project):
    one_page = ("run", "--year", "2014", "--format", "html", "--log", "log")
    assert command(*one_page, "--force", cwd=project, TEST_FAIL="A").returncode == 3
    assert command(*one_page, cwd=project).returncode == 0
    assert command(*one_page, cwd=project).returncode == 0
    assert command("run", "--year", "1999", "--log", "log", cwd=project).returncode == 2
    written: dict[str, set[str]] = {}
    for event in map(json.loads, (project / "log").read_text(encoding="utf-8").splitlines()):
        written.setdefault(event["event"], set()).update(set(event) - {"time", "pid", "event"})

    rows = re.findall(r"^\| `(\w+)` \| [^|]* \| ([^|]*) \|$", PAGE, re.M)
    told = {name: set(re.findall(r"`([a-z_]+)`", fields)) for name, fields in rows}
    assert dict(rows)["failed"].startswith("those of `made`, and ")
    told["failed"] = told["failed"] - {"made"} | told["made"]
    assert told.pop("spoilt") == {"folder", "why"}  # tests/test_incremental.py brings it about
    assert told == written


def test_the_table_of_exit_codes_names_every_code():
    codes = {
        commands.DONE,
        commands.DATA,
        commands.USAGE,
        commands.FAILED,
        commands.OUTPUT,
        commands.INTERRUPTED,
    }
    told = {int(code) for code in re.findall(r"^\| (\d+) \|", PAGE, re.M)}
    assert told == codes | {75}


def test_every_option_that_the_page_explains_is_one_of_run(tmp_path):
    known = command("run", "--help", cwd=tmp_path).stdout
    explained = re.findall(r"^- `(--[\w-]+)", PAGE, re.M)
    assert explained == ["--time-limit", "--force", "--plain"]
    assert all(option in known for option in (*explained, "--log", "--year", "--out", "--data"))
