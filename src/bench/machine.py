"""Names what the numbers were measured on, since they mean little elsewhere."""
import os
import platform
import subprocess

from tools import version_of

PACKAGES = ("numpy", "pandas", "fastapi", "uvicorn")
VERSION_SCRIPT = """
import sys
print("Python " + sys.version.split()[0])
for name in sys.argv[1:]:
    try: print(name + " " + __import__(name).__version__)
    except Exception: pass
"""


def described(setting, tools):
    environment = setting.environment("machine")
    java = first_line(["java", "-version"], environment)
    return dict(cpu=cpu_model(), cores=os.cpu_count(), kernel="%s %s" % (platform.system(), platform.release()), java=java,
                python=output([setting.python, "-c", VERSION_SCRIPT, *PACKAGES], environment).splitlines(),
                tools={tool.name: version_of(tool, environment) for tool in tools})


def cpu_model():
    try:
        with open("/proc/cpuinfo") as file:
            for line in file:
                if line.startswith("model name"):
                    return line.split(":", 1)[1].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()


def missing_modules(setting, modules):
    """Those that the agents' interpreter cannot import."""
    environment = setting.environment("machine")
    return [module for module in modules
            if output([setting.python, "-c", "import %s; print('there')" % module], environment).strip() != "there"]


def first_line(command, environment):
    return (output(command, environment).splitlines() or ["?"])[0]


def output(command, environment):
    """What it prints, errors too; nothing when it cannot be run or takes longer than 30 s."""
    try:
        return subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, timeout=30).stdout.decode(errors="replace")
    except (OSError, subprocess.TimeoutExpired):
        return ""
