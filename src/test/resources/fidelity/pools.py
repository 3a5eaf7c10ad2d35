import multiprocessing
import sys


def twice(number):
    return number * 2, __name__, __file__, sys.argv, sys.path[0]


class Parcel:
    def __init__(self, value):
        self.value = value


def unpack(parcel):
    return type(parcel).__module__, parcel.value


if __name__ == "__main__":
    for method in ("fork", "spawn", "forkserver"):
        with multiprocessing.get_context(method).Pool(1) as pool:
            print(method, pool.map(twice, [3]), pool.apply(unpack, (Parcel(4),)))
