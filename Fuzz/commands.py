"""Runs the command line with random words: commands.py PROGRAM SECONDS FINDS [SEED]

The words are the program's own commands and options, from its help, with extreme values. Each run must end within
10 seconds, within the memory limit, with one of the documented exit codes and, unless that is 0, with a message. The
words of a run that does not are written into the folder FINDS, and the exit code is 1.
"""

import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time

ALLOWED = {0, 1, 64, 65, 66}
SECONDS = 10
MEMORY = 1536 << 20
VALUES = [
    "", "0", "1", "2", "-1", "7", "63", "64", "65", "255", "1e9", "1e309", "-0", "nan", "inf", "0x10", "٣", "1 ", "+1",
    "9223372036854775807", "9223372036854775808", "-9223372036854775808", "18446744073709551616", "999999999999999999999",
    "0.5", "1e-320", "100x100", "0x0", "480x360", "99999x99999", "16384x16384", "1x1x1", "x", "light", "dark", "train",
    "test", "digits", "sums", "text", "mlp", "inkling", "pen 2.2", "pen -1 deskew", "pen nan", "0123456789", "é七\u0301",
    "a" * 5000, "\x1b[31m", "a\tb", "a\nb", "-", "--", "=", "out.png", "out.svg", "out.pgm", "out.jsonl", "out", "no/out.png",
    "/dev/null", "/dev/full", "/proc/self/mem", ".", "..", "/", "strokes.jsonl", "page.pgm", "model.safetensors", "folder",
    "empty", "784-10-10", "20000C1-P1-10", "1x64x8-10", "constant", "plateau 0.5 9e18 0", "http://127.0.0.1:1/x",
]
OPERANDS = [
    "strokes.jsonl", "page.pgm", "model.safetensors", "small.recipe", "folder", "empty", "missing", "-", ".", "mlp", "inkling",
    "784-100s-10", "32C5-P2-10", "20000C1-P1-10", "list", "check", "show", "export", "import", "unipen", "mnist", "pendigits",
    "--", "", "/dev/null", "/dev/full", "/dev/zero", "a\tb\n", b"f\xff\xfe", "é",
]


def run(words, program, folder, environment, seconds=SECONDS):
    def limit():
        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_FSIZE, (256 << 20, 256 << 20))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    return subprocess.run(
        [program] + words, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, timeout=seconds, preexec_fn=limit, start_new_session=True)


def table(program, folder, environment):
    """The options of each command, with whether they take a value."""
    overview = run(["--help"], program, folder, environment).stdout.decode()
    names = re.findall(r"^  (\w+)  ", overview.split("Commands:")[1], re.M)
    commands = {}
    for name in names:
        text = run([name, "--help"], program, folder, environment).stdout.decode()
        commands[name] = re.findall(r"^  --([\w-]+)( \S+)?  ", text, re.M)
    return commands


def words(commands, chance):
    name = chance.choice(sorted(commands))
    result = [name] if chance.random() < 0.97 else []
    options = commands[name]
    everything = [option for group in commands.values() for option in group]
    for _ in range(chance.choice([0, 1, 1, 2, 3, 5])):
        option, value = chance.choice(options if options and chance.random() < 0.95 else everything)
        style = chance.random()
        if value and style < 0.45:
            result += ["--" + option, chance.choice(VALUES)]
        elif value and style < 0.9:
            result.append("--" + option + "=" + chance.choice(VALUES))
        else:
            result.append("--" + option)
    for _ in range(chance.choice([0, 1, 1, 1, 2, 3])):
        result.insert(chance.randint(min(1, len(result)), len(result)), chance.choice(OPERANDS))
    return result


def is_slow(line):
    """Whether the words ask for what takes long or needs a network."""
    known = [word for word in line if isinstance(word, str)]
    return bool({"train", "compare"} & set(known)) or ("evaluate" in known and {"--hands", "--sums"} & set(known))


def prepare(folder, program, environment):
    with open(os.path.join(folder, "strokes.jsonl"), "w") as file:
        file.write('{"label":"7","writer":1,"strokes":[[[100,100],[300,100],[200,500]]]}\n' * 3)
    run(["render", "strokes.jsonl", "--out", "page.pgm", "--size", "200"], program, folder, environment)
    with open(os.path.join(folder, "small.recipe"), "w") as file:
        file.write("name: small\narchitecture: 784-4-10\nepochs: 1\n")
    run(["export", "mlp", "--safetensors", "model.safetensors"], program, folder, environment)
    for name in ["folder", "empty", "home"]:
        os.mkdir(os.path.join(folder, name))
    shutil.copy(os.path.join(folder, "page.pgm"), os.path.join(folder, "folder"))
    with open(os.path.join(folder.encode(), b"f\xff\xfe"), "wb") as file:
        file.write(b"P5 1 1 255\n0")


def main():
    program, seconds, finds = os.path.abspath(sys.argv[1]), float(sys.argv[2]), os.path.abspath(sys.argv[3])
    seed = int(sys.argv[4]) if len(sys.argv) > 4 else int(time.time())
    chance = random.Random(seed)
    count = 0
    with tempfile.TemporaryDirectory(prefix="inkling-fuzz-") as top:
        environment = {
            "PATH": os.environ["PATH"], "HOME": top + "/area/home", "TMPDIR": top, "INKLING_DATA": top + "/area/empty",
            "http_proxy": "http://127.0.0.1:1", "https_proxy": "http://127.0.0.1:1", "LANG": "C.UTF-8",
        }

        def renew():
            shutil.rmtree(top + "/area", ignore_errors=True)
            os.mkdir(top + "/area")
            prepare(top + "/area", program, environment)

        renew()
        commands = table(program, top + "/area", environment)
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if count % 200 == 199:
                renew()
            line = words(commands, chance)
            count += 1
            problem = None
            try:
                found = run(line, program, top + "/area", environment)
                if found.returncode not in ALLOWED:
                    problem = "ended with %d" % found.returncode
                elif found.returncode != 0 and not found.stderr.startswith(b"inkling: "):
                    problem = "ended with %d without a message" % found.returncode
                elif b"\x1b[31m" in found.stderr or b"Fatal error" in found.stderr:
                    problem = "wrote to the terminal what it must not"
                errors = found.stderr[-2000:]
            except subprocess.TimeoutExpired as expired:
                problem = None if is_slow(line) else "took more than %d s" % SECONDS
                errors = (expired.stderr or b"")[-2000:]
            except (ValueError, OSError):
                continue  # Words that the system does not pass on.
            if problem:
                path = os.path.join(finds, "commands-%d-%d" % (seed, count))
                with open(path, "w") as file:
                    file.write("%r\n%s\n%s\n" % (line, problem, errors.decode(errors="replace")))
                print("%s: %r; see %s" % (problem, line, path))
                return 1
    print("%d command lines, seed %d: all ended as documented" % (count, seed))
    return 0


sys.exit(main())
