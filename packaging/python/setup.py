"""The wheel's version and tags: the rest is in pyproject.toml.

The library inside is for one kind of machine, but for every Python: nothing is compiled against Python.
"""

import os

from setuptools import Distribution, setup
from wheel.bdist_wheel import bdist_wheel


class ForOneMachine(Distribution):
    def has_ext_modules(self):
        return True


class ForEveryPython(bdist_wheel):
    def get_tag(self):
        return "py3", "none", super().get_tag()[2]


setup(version=os.environ["ADAIN_VERSION"], distclass=ForOneMachine, cmdclass={"bdist_wheel": ForEveryPython})
